"""Topics: what is tracked, found in one pass over a text, with the places that say why."""

from newsmon.topics.definition import Topic
from newsmon.topics.loading import load_topics
from newsmon.topics.match import Matcher, compile_topics, label_article
from newsmon.topics.problems import TopicError

__all__ = ["Matcher", "Topic", "TopicError", "compile_topics", "label_article", "load_topics"]
