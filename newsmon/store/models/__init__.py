"""The tables, one module per room. Reporters read the views: see newsmon.store.views and docs/data-dictionary.md."""

from newsmon.store.models.articles import (
    Archive,
    Article,
    ArticleAuthor,
    ArticleDate,
    Attribution,
    Author,
    Caption,
    DateHabit,
    Revision,
)
from newsmon.store.models.columns import Base, Instant
from newsmon.store.models.following import Feed, FoundLink, Outlet, Robots
from newsmon.store.models.runs import FetchLog, OutletRun, Run
from newsmon.store.models.stories import Story, StoryArticle, StoryLink, TextCopy, TextMark, TextSketch
from newsmon.store.models.topics import MatchSpan, OutletDay, Topic, TopicMatch, TopicOutletDay, TopicVersion

__all__ = [
    "Archive",
    "Article",
    "ArticleAuthor",
    "ArticleDate",
    "Attribution",
    "Author",
    "Base",
    "Caption",
    "DateHabit",
    "Feed",
    "FetchLog",
    "FoundLink",
    "Instant",
    "MatchSpan",
    "Outlet",
    "OutletDay",
    "OutletRun",
    "Revision",
    "Robots",
    "Run",
    "Story",
    "StoryArticle",
    "StoryLink",
    "TextCopy",
    "TextMark",
    "TextSketch",
    "Topic",
    "TopicMatch",
    "TopicOutletDay",
    "TopicVersion",
]
