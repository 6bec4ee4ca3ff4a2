"""Alerts that go out: by a real mail server and a real web server on loopback, and by a program called sendmail."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_httpserver import HTTPServer

from newsmon.alerts.sending import channels, send_alerts
from newsmon.alerts.watching import raise_alerts
from newsmon.errors import ConfigurationError
from tests.alerts.spike import NOW, fortnight
from tests.store.conftest import Store

TO = "pupitre@redaction.example"


class Inbox:
    """What a mail server took; `refuse` is its answer to what comes next."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage) and envelope.rcpt_tos == [TO]
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:  # its controller cannot be told to take any
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("NEWSMON_ALERT_MAIL", TO)
    monkeypatch.setenv("NEWSMON_ALERT_SMTP", f"smtp://127.0.0.1:{port}")
    yield inbox
    controller.stop()


@pytest.fixture
def spike(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An alert of just now (whatever the clock says, it is fresh)."""
    monkeypatch.setattr("newsmon.alerts.sending._now", lambda: NOW + timedelta(minutes=5))
    store.save(*fortnight(9), now=NOW)
    store.do(raise_alerts, now=NOW)
    return store


def states(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("SELECT channel, state, tries FROM alert_delivery ORDER BY channel")


def test_a_mail_tells_what_stands_out_and_goes_out_once(spike: Store, inbox: Inbox) -> None:
    assert send_alerts(spike.engine, channels()) == []
    assert send_alerts(spike.engine, channels()) == []
    (mail,) = inbox.mails
    assert mail["Subject"] == "[newsmon] Budgets\u00a0: 9\u00a0articles le 1er\u00a0mars\u00a02022"
    assert mail["To"] == mail["From"] == TO and mail["Auto-Submitted"] == "auto-generated"
    told = mail.get_content()
    assert "on en attendait 0,9" in told and "https://essai.example/" in told and "version 1" in told
    assert states(spike) == [("mail", "sent", 1)]
    assert spike.rows("SELECT mail FROM v_alert") == [("sent",)]


def test_what_is_refused_is_tried_again_and_no_more_than_five_times(spike: Store, inbox: Inbox) -> None:
    inbox.refuse = "451 come back later"
    (trouble,) = send_alerts(spike.engine, channels())
    assert trouble == "alert budgets 2022-03-01: mail: 127.0.0.1: 451 come back later; it is tried again"
    inbox.refuse = ""
    assert send_alerts(spike.engine, channels()) == []
    assert len(inbox.mails) == 1 and states(spike) == [("mail", "sent", 2)]


def test_a_server_that_is_not_there_is_said(spike: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMON_ALERT_MAIL", TO)
    monkeypatch.setenv("NEWSMON_ALERT_SMTP", "smtp://127.0.0.1:1")
    for _ in range(5):
        (trouble,) = send_alerts(spike.engine, channels())
        assert "refused" in trouble.lower()
    assert send_alerts(spike.engine, channels()) == [] and states(spike) == [("mail", "failed", 5)]


def test_an_alert_that_is_two_days_old_stays_at_home(
    spike: Store, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsmon.alerts.sending._now", lambda: NOW + timedelta(days=3))
    assert send_alerts(spike.engine, channels()) == [] and inbox.mails == []


def test_the_machine_s_own_sendmail(spike: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program, box = tmp_path / "sendmail", tmp_path / "box"
    program.write_text(f'#!/bin/sh\necho "$@" > {box}.arguments\ncat > {box}\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("NEWSMON_ALERT_MAIL", f"{TO}, bureau@redaction.example")
    assert send_alerts(spike.engine, channels()) == []
    mail = message_from_bytes(box.read_bytes(), policy=policy.default)
    assert mail["To"] == f"{TO}, bureau@redaction.example"
    assert (tmp_path / "box.arguments").read_text().split() == ["-t", "-i"]
    program.write_text("#!/bin/sh\ncat >/dev/null\necho queue is full >&2\nexit 75\n", "utf-8")
    spike.rows("SELECT 1")
    spike.do(lambda conn: conn.exec_driver_sql("DELETE FROM alert_delivery"))
    (trouble,) = send_alerts(spike.engine, channels())
    assert "ended with 75: queue is full; it is tried again" in trouble


def test_a_webhook_gets_json_once(spike: Store, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    httpserver.expect_request("/hook", method="POST").respond_with_data("ok")
    monkeypatch.setenv("NEWSMON_ALERT_WEBHOOK", httpserver.url_for("/hook?secret=1"))
    monkeypatch.setenv("NEWSMON_ALLOW_NETWORKS", "127.0.0.0/8")
    assert send_alerts(spike.engine, channels()) == send_alerts(spike.engine, channels()) == []
    ((request, _),) = httpserver.log
    data = json.loads(request.data)
    assert (data["topic"], data["day"], data["n"], len(data["articles"])) == ("budgets", "2022-03-01", 9, 9)
    assert data["text"].startswith("Budgets\u00a0: 9\u00a0articles le 1er\u00a0mars\u00a02022.")
    assert request.headers["Idempotency-Key"] == data["id"] and request.query_string == b"secret=1"


def test_a_webhook_that_answers_with_an_error_or_elsewhere_is_no_success(
    spike: Store, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_oneshot_request("/hook").respond_with_data("no", status=500)
    httpserver.expect_request("/hook").respond_with_data("", status=302, headers={"Location": "/other"})
    monkeypatch.setenv("NEWSMON_ALERT_WEBHOOK", httpserver.url_for("/hook"))
    monkeypatch.setenv("NEWSMON_ALLOW_NETWORKS", "127.0.0.0/8")
    assert "HTTP 500; it is tried again" in send_alerts(spike.engine, channels())[0]
    assert "HTTP 302" in send_alerts(spike.engine, channels())[0]
    assert [request.path for request, _ in httpserver.log] == ["/hook", "/hook"]


def test_a_webhook_into_the_house_is_refused(
    spike: Store, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSMON_ALLOW_NETWORKS", raising=False)
    for address in (httpserver.url_for("/hook"), f"https://localhost:{httpserver.port}/"):
        monkeypatch.setenv("NEWSMON_ALERT_WEBHOOK", address)
        (trouble,) = send_alerts(spike.engine, channels())
        assert "which is not a public address" in trouble
    assert httpserver.log == []


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("NEWSMON_ALERT_MAIL", "personne", "'personne' is no address"),
        ("NEWSMON_ALERT_MAIL", "a@b.example\nBcc: c@d.example", "is no address"),
        ("NEWSMON_ALERT_SMTP", "mail.example", "smtp://user:password@host:587"),
        ("NEWSMON_ALERT_WEBHOOK", "file:///etc/passwd", "https://hooks.example.org"),
        ("NEWSMON_ALERT_WEBHOOK", "https://[", "https://hooks.example.org"),
    ],
)
def test_what_cannot_be_used_is_said_before_the_crawl(
    variable: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match="^" + variable) as caught:
        channels()
    assert told in str(caught.value)


SENDS_AND_DIES = """
import os, sys
from datetime import timedelta
from newsmon.alerts import sending
from newsmon.store.engine import open_engine
from tests.alerts.spike import NOW
sending._now = lambda: NOW + timedelta(minutes=5)
def send(message):
    with open(sys.argv[2], "a") as box:
        print(message.id, file=box)
    if sys.argv[3] == "die":
        os.kill(os.getpid(), 9)
print("\\n".join(sending.send_alerts(open_engine(sys.argv[1]), {"mail": send})))
"""


def test_killed_right_after_it_was_sent_it_is_not_sent_again(spike: Store, database_url: str, tmp_path: Path) -> None:
    box = tmp_path / "box"

    def run(how: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", SENDS_AND_DIES, database_url, str(box), how]
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)

    assert run("die").returncode == -signal.SIGKILL
    assert spike.rows("SELECT mail FROM v_alert") == [("sending",)]
    told = run("live")
    assert "mail was cut off in the middle of an earlier run; it may not have gone out" in told.stdout, told.stderr
    assert run("live").stdout.strip() == ""
    assert len(box.read_text().split()) == 1 and spike.rows("SELECT mail FROM v_alert") == [("unsure",)]
