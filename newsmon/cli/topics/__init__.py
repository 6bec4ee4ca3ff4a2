"""newsmon topics."""

from __future__ import annotations

import click

from newsmon.cli.topics.files import check, list_, match
from newsmon.cli.topics.labels import label, score
from newsmon.cli.topics.stored import try_, why
from newsmon.cli.topics.versions import diff, rescan, versions


@click.group()
def topics() -> None:
    """The topics, and what they match.

    A topic is a TOML file; your own go into the folder NEWSMON_TOPICS. See docs/topics.md.
    """


for command in (list_, check, match, try_, why, rescan, versions, diff, label, score):
    topics.add_command(command)
