"""The tables, one module per room. Reporters read the views: see newsmon.store.views and docs/data-dictionary.md."""

from newsmon.store.models.articles import (
    Archive,
    Article,
    ArticleAddress,
    ArticleAuthor,
    ArticleDate,
    ArticleEvent,
    Attribution,
    Author,
    Caption,
    DateHabit,
    Revision,
)
from newsmon.store.models.columns import Base, Instant
from newsmon.store.models.following import Feed, FoundLink, Outlet, Robots
from newsmon.store.models.runs import FetchLog, OutletHealth, OutletRun, Run
from newsmon.store.models.topics import (
    Alert,
    AlertDelivery,
    Burst,
    MatchSpan,
    OutletDay,
    Topic,
    TopicLabel,
    TopicMatch,
    TopicOutletDay,
    TopicVersion,
)

__all__ = [
    "Alert",
    "AlertDelivery",
    "Archive",
    "Article",
    "ArticleAddress",
    "ArticleAuthor",
    "ArticleDate",
    "ArticleEvent",
    "Attribution",
    "Author",
    "Base",
    "Burst",
    "Caption",
    "DateHabit",
    "Feed",
    "FetchLog",
    "FoundLink",
    "Instant",
    "MatchSpan",
    "Outlet",
    "OutletDay",
    "OutletHealth",
    "OutletRun",
    "Revision",
    "Robots",
    "Run",
    "Topic",
    "TopicLabel",
    "TopicMatch",
    "TopicOutletDay",
    "TopicVersion",
]
