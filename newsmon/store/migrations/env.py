"""Alembic's entry: always given a connection, in a transaction that the caller ends."""

from alembic import context

from newsmon.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
