"""An alert in words: French, as all that readers see first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from newsmon.reports.output import cell, plain
from newsmon.reports.wording import Wording

FR = Wording("fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent. `articles` are headline, address, outlet: those most about the topic."""

    id: str
    """The same however often it is sent."""
    topic: str
    name: str
    day: date
    n: int
    usual: float
    threshold: float
    version: int
    raised_at: datetime
    articles: Sequence[tuple[str, str, str]]

    @property
    def title(self) -> str:
        counted = FR.counted("articles", self.n)
        return FR("alert_title", name=plain(self.name), articles=counted, day=FR.day(self.day))

    @property
    def told(self) -> str:
        """Why, in a sentence."""
        usual, threshold = cell(float(self.usual), "fr"), cell(float(self.threshold), "fr")
        return FR("alert_told", usual=usual, threshold=threshold, topic=self.topic, version=self.version)


def as_text(message: Message) -> str:
    lines = [f"{message.title}.", message.told, ""]
    for headline, url, outlet in message.articles:
        lines += [f"- {plain(headline)} ({plain(outlet)})", f"  {plain(url)}"]
    lines += ["", FR("alert_more", topic=message.topic, day=message.day)]
    return "\n".join(lines) + "\n"


def as_mail(message: Message, *, to: Sequence[str]) -> EmailMessage:
    """A plain mail from its first receiver. Its Message-ID is the alert's: who gets it twice sees that it is one."""
    mail = EmailMessage()
    mail["From"] = to[0]
    mail["To"] = ", ".join(to)
    mail["Subject"] = f"[newsmon] {message.title}"
    mail["Date"] = format_datetime(message.raised_at)
    mail["Message-ID"] = f"<{message.id}@{to[0].rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(as_text(message), cte="quoted-printable")
    return mail


def as_json(message: Message) -> dict[str, Any]:
    """What a webhook gets. `text` is what chat services show."""
    return {
        "id": message.id,
        "type": "alert",
        "text": f"{message.title}. {message.told}",
        "topic": message.topic,
        "name": message.name,
        "day": message.day.isoformat(),
        "n": message.n,
        "usual": message.usual,
        "threshold": message.threshold,
        "version": message.version,
        "raised_at": message.raised_at.isoformat(),
        "articles": [
            {"headline": headline, "url": url, "outlet": outlet} for headline, url, outlet in message.articles
        ],
    }
