"""The NEWSMON_* variables: one table, read here and nowhere else, printed in the README."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from newsmon.errors import ConfigurationError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "NEWSMON_DATABASE_URL",
        "newsmon.db beside scrapy.cfg",
        "the database, as SQLAlchemy writes it: sqlite:////path/to/file.db or postgresql+psycopg://user@host/name",
    ),
    Variable("NEWSMON_OUTLETS", "", "a TOML file of your own outlets"),
    Variable("NEWSMON_FOLLOW", "", "outlets of the local press to crawl too: slugs parted by commas, or all"),
    Variable("NEWSMON_TOPICS", "", "a folder of your own topics (*.toml)"),
    Variable("NEWSMON_AGENCIES", "", "a TOML file of your own news agencies and sources, read before ours"),
    Variable("NEWSMON_REPORTS", "", "a folder of your own reports (*.sql)"),
    Variable("NEWSMON_ARCHIVE", "", "a folder where every fetched page is kept as WARC"),
    Variable("NEWSMON_UNREAD", "", "a folder where a page that no worker could read is kept as WARC"),
    Variable("NEWSMON_LOG_DAYS", "90", "how long the log of fetches (v_fetch) is kept; 0 keeps all of it"),
    Variable(
        "NEWSMON_ALLOW_NETWORKS",
        "",
        "private networks that may be fetched, parted by commas: 127.0.0.0/8,10.1.0.0/16",
    ),
    Variable("NEWSMON_ALERT_MAIL", "", "who is written to when a topic stands out; several addresses parted by commas"),
    Variable(
        "NEWSMON_ALERT_SMTP",
        "the machine's own sendmail",
        "the mail server for alerts: smtp://user:password@host:587, or smtps://",
    ),
    Variable("NEWSMON_ALERT_WEBHOOK", "", "an https address that each alert is posted to, as JSON"),
    Variable("NEWSMON_CONTACT", "", "an address or page that the user agent gives to the sites"),
    Variable("NEWSMON_TEST_POSTGRES", "", "tests only: a PostgreSQL that may be written, instead of the bundled one"),
)


def database_url() -> str:
    return os.environ.get("NEWSMON_DATABASE_URL") or f"sqlite:///{PROJECT_ROOT / 'newsmon.db'}"


def _path(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value).expanduser().resolve() if value else None


def outlets_file() -> Path | None:
    return _path("NEWSMON_OUTLETS")


def followed_besides() -> tuple[str, ...]:
    """Slugs in their order, or ("all",)."""
    return tuple(part.strip() for part in os.environ.get("NEWSMON_FOLLOW", "").split(",") if part.strip())


def topics_folder() -> Path | None:
    return _path("NEWSMON_TOPICS")


def reports_folder() -> Path | None:
    return _path("NEWSMON_REPORTS")


def agencies_file() -> Path | None:
    return _path("NEWSMON_AGENCIES")


def unread_folder() -> Path | None:
    return _path("NEWSMON_UNREAD")


def log_days() -> int:
    """Raises: ConfigurationError for what is no number of days."""
    value = os.environ.get("NEWSMON_LOG_DAYS", "").strip() or "90"
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        raise ConfigurationError(f"NEWSMON_LOG_DAYS: {value!r} is no number of days; write e.g. 90, or 0 to keep all")
    return int(value)


def contact() -> str:
    return os.environ.get("NEWSMON_CONTACT", "").strip()


def alert_mail() -> tuple[str, ...]:
    """Raises: ConfigurationError for what is no address."""
    addresses = tuple(part.strip() for part in os.environ.get("NEWSMON_ALERT_MAIL", "").split(",") if part.strip())
    for address in addresses:
        if not re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+", address):
            raise ConfigurationError(f"NEWSMON_ALERT_MAIL: {address!r} is no address; write e.g. desk@example.org")
    return addresses


def alert_smtp() -> SplitResult | None:
    """Raises: ConfigurationError for what names no mail server; its password is not shown."""
    return _address("NEWSMON_ALERT_SMTP", ("smtp", "smtps"), "smtp://user:password@host:587")


def alert_webhook() -> SplitResult | None:
    """Raises: ConfigurationError for what is no web address; what may be a secret in it is not shown."""
    return _address("NEWSMON_ALERT_WEBHOOK", ("https", "http"), "https://hooks.example.org/…")


def _address(variable: str, schemes: tuple[str, ...], example: str) -> SplitResult | None:
    value = os.environ.get(variable, "").strip()
    if not value:
        return None
    try:
        url = urlsplit(value)
        usable = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(f"{variable}: cannot be used; write e.g. {example}")
    return url


def allowed_networks() -> tuple[IPv4Network | IPv6Network, ...]:
    """Raises: ConfigurationError for what is not a network."""
    networks = []
    for part in os.environ.get("NEWSMON_ALLOW_NETWORKS", "").split(","):
        if part.strip():
            try:
                networks.append(ip_network(part.strip()))
            except ValueError as e:
                raise ConfigurationError(f"NEWSMON_ALLOW_NETWORKS: {e}; write e.g. 127.0.0.0/8") from None
    return tuple(networks)
