"""This machine: how newsmon is scheduled on it, and what would keep it from working."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsmon import environment
from newsmon.environment import PROJECT_ROOT
from newsmon.errors import NewsmonError

SQLITE_MIN = (3, 38)
DISK_MIN_BYTES = 500 * 2**20


def command() -> str:
    """The newsmon of this environment, as an absolute path."""
    script = Path(sys.executable).parent / "newsmon"
    return shlex.quote(str(script)) if script.exists() else f"{shlex.quote(sys.executable)} -m newsmon"


def variables() -> dict[str, str]:
    """The NEWSMON_* that are set now: a schedule must carry them, cron knows nothing of them."""
    names = [v.name for v in environment.VARIABLES if not v.name.startswith("NEWSMON_TEST")]
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def crontab_line(*, minutes: int) -> str:
    """A run every `minutes`, quiet but for its one line, errors to the cron mail."""
    assignments = "".join(f"{name}={shlex.quote(value)} " for name, value in variables().items())
    every = f"*/{minutes}" if minutes < 60 else "0"
    # A % in a crontab line is a line end.
    line = f"{every} * * * * cd {shlex.quote(str(PROJECT_ROOT))} && {assignments}{command()} crawl >>newsmon.log"
    return line.replace("%", r"\%")


def digest_line() -> str:
    """The week's digest by mail, Mondays at seven; the address is the reader's to fill in."""
    assignments = "".join(f"{name}={shlex.quote(value)} " for name, value in variables().items())
    line = (
        f"0 7 * * 1 cd {shlex.quote(str(PROJECT_ROOT))} && {assignments}{command()} digest --format mail "
        "--to redaction@example.org | /usr/sbin/sendmail -t"
    )
    return line.replace("%", r"\%")


def check_line() -> str:
    """A look at the outlets every morning; cron mails what it prints, and it prints only what is wrong."""
    assignments = "".join(f"{name}={shlex.quote(value)} " for name, value in variables().items())
    line = f"30 7 * * * cd {shlex.quote(str(PROJECT_ROOT))} && {assignments}{command()} status --check"
    return line.replace("%", r"\%")


def systemd_units(*, minutes: int) -> dict[str, str]:
    """File name to text: a service that runs once and the timer that calls it."""
    assignments = "".join(f'Environment="{name}={value}"\n' for name, value in variables().items())
    service = f"""\
[Unit]
Description=newsmon: one crawl
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={PROJECT_ROOT}
{assignments}ExecStart={command()} crawl
# 1: some outlets failed, and the run's row says which
SuccessExitStatus=1 143
TimeoutStopSec=60
"""
    timer = f"""\
[Unit]
Description=newsmon: a crawl every {minutes} minutes

[Timer]
OnCalendar=*:0/{minutes}
RandomizedDelaySec=30
Persistent=true

[Install]
WantedBy=timers.target
"""
    if minutes >= 60:
        timer = timer.replace("OnCalendar=*:0/60", "OnCalendar=hourly")
    return {"newsmon.service": service, "newsmon.timer": timer}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    fine: bool
    told: str
    """What is so; when it is not fine, what to do."""


def examine() -> Iterator[Finding]:
    """Everything that a crawl needs of this machine."""
    for check in (_python, _sqlite, _packages, _environment, _spiders, _topics, _database, _disk, _time, _proxy):
        yield _examined(check)


def _examined(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except NewsmonError as e:
        return Finding(check.__name__[1:], False, str(e))


def _python() -> Finding:
    told = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    return Finding("python", fine, told if fine else f"{told}: install Python 3.11 or newer")


def _sqlite() -> Finding:
    told, fine = sqlite3.sqlite_version, sqlite3.sqlite_version_info >= SQLITE_MIN
    return Finding("sqlite", fine, told if fine else f"{told}: newsmon needs 3.38; use a newer Python build")


def _packages() -> Finding:
    """Every dependency of newsmon's own metadata is there."""
    missing = []
    for requirement in importlib.metadata.requires("newsmon") or ():
        name = requirement.split(";")[0].split("[")[0].split(">")[0].split("<")[0].split("=")[0].strip()
        if "extra ==" in requirement:
            continue
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    fine = not missing
    return Finding("packages", fine, "all there" if fine else f"missing: {', '.join(missing)}; run `make test`")


def _environment() -> Finding:
    for read in (
        environment.allowed_networks,
        environment.alert_mail,
        environment.alert_smtp,
        environment.alert_webhook,
    ):
        read()
    for variable, path in (
        ("NEWSMON_OUTLETS", environment.outlets_file()),
        ("NEWSMON_TOPICS", environment.topics_folder()),
    ):
        if path and not path.exists():
            return Finding("environment", False, f"{variable}: {path} is not there; correct the variable or unset it")
    return Finding("environment", True, ", ".join(variables()) or "no NEWSMON_* variable is set")


def _spiders() -> Finding:
    """The `spiders` and `pipelines` that Python finds are this checkout's."""
    for name in ("spiders", "pipelines"):
        found = Path(importlib.import_module(name).__file__ or "").resolve().parent
        if found != PROJECT_ROOT / name:
            return Finding(
                "spiders", False, f"`{name}` comes from {found}, not from {PROJECT_ROOT}: remove that package"
            )
    from newsmon.registry import all_declarations

    return Finding("spiders", True, f"{len(all_declarations())} outlets declared")


def _topics() -> Finding:
    from newsmon.topics import compile_topics, load_topics

    topics = load_topics(environment.topics_folder())
    compile_topics(topics)
    return Finding("topics", True, f"{len(topics)} topics")


def _database() -> Finding:
    from newsmon.store.schema import open_ready

    engine = open_ready(environment.database_url())
    told = engine.url.render_as_string(hide_password=True)
    engine.dispose()
    return Finding("database", True, told)


def _disk() -> Finding:
    free = shutil.disk_usage(PROJECT_ROOT).free
    fine = free >= DISK_MIN_BYTES
    told = f"{free / 2**30:.1f} GiB free"
    return Finding("disk", fine, told if fine else f"{told}: free some, the database and the archive grow")


def _time() -> Finding:
    year = datetime.now(UTC).year
    fine = year >= 2025
    return Finding(
        "clock", fine, f"the year is {year}" + ("" if fine else ": set the clock, dates are read against it")
    )


def _proxy() -> Finding:
    names = [n for n in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY") if os.environ.get(n)]
    told = (
        "none" if not names else f"{', '.join(names)} is set and not used: newsmon checks the addresses it connects to"
    )
    return Finding("proxy", True, told)
