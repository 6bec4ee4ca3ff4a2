"""What was found by comparing texts: the same words in several outlets, one event told by several."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from newsmon.store.models.columns import Base, key, reference


class TextSketch(Base):
    """What an article's current revision was last compared by."""

    __tablename__ = "text_sketch"
    __table_args__ = (Index(None, "day"),)
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    revision_id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    day: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_s: Mapped[int | None] = mapped_column(BigInteger)
    """The same in seconds since 1970, so that SQL can subtract on either engine."""
    words: Mapped[str]
    """The telling words (newsmon.text.fingerprints), parted by blanks."""


class TextWaiting(Base):
    """An article that is new, or whose text or date was written anew, since it was last compared.

    Triggers write it, in the transaction of the article. A row is added for each change and none is altered, so that
    who stores articles never waits for who compares them.
    """

    __tablename__ = "text_waiting"
    id: Mapped[int] = key()
    article_id: Mapped[int] = reference("article.id")
    day: Mapped[date | None] = mapped_column(index=True)
    """The article's, then: the order in which they are compared."""


class TextMark(Base):
    """One of the marks of an article's text (newsmon.text.fingerprints)."""

    __tablename__ = "text_mark"
    __table_args__ = ({"sqlite_with_rowid": False},)
    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = reference("article.id", primary_key=True, index=True)


class TextCopy(Base):
    """An article whose text stands, whole or in part, in another outlet's. Each pair has two rows, one each way."""

    __tablename__ = "text_copy"
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    other_id: Mapped[int] = reference("article.id", primary_key=True, index=True)
    share: Mapped[float]
    """Of this article's runs of words, those that the other has, too."""
    other_share: Mapped[float]


class StoryLink(Base):
    """Two articles that tell one event, and the words by which that is known."""

    __tablename__ = "story_link"
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    other_id: Mapped[int] = reference("article.id", primary_key=True, index=True)
    day: Mapped[date] = mapped_column(index=True)
    """Of the earlier one."""
    likeness: Mapped[float]
    words: Mapped[str]


class Story(Base):
    """Articles of several outlets about one event."""

    __tablename__ = "story"
    id: Mapped[int] = key()
    """The lowest id of its articles."""
    first_day: Mapped[date]
    last_day: Mapped[date]
    articles: Mapped[int]
    outlets: Mapped[int]
    words: Mapped[str]


class StoryArticle(Base):
    __tablename__ = "story_article"
    article_id: Mapped[int] = reference("article.id", primary_key=True)
    story_id: Mapped[int] = reference("story.id", index=True)
