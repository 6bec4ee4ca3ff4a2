"""The ways out: the machine's sendmail or a mail server, and a webhook.

Each raises Refused when nothing was sent for certain, and Unsure when it may have been.
"""

from __future__ import annotations

import http.client
import json
import shutil
import smtplib
import socket
import ssl
import subprocess
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, unquote

from newsmon import __version__
from newsmon.net.addresses import Network, is_fetchable

TIMEOUT_S = 20
SENDMAIL_FOLDERS = "/usr/sbin:/usr/lib:/usr/local/sbin"


class Refused(Exception):
    """It did not go out."""


class Unsure(Exception):
    """It may have gone out, or not."""


def send_by_sendmail(mail: EmailMessage, *, path: str) -> None:
    """By the program sendmail of `path` (as the environment's PATH), or of its usual folders."""
    program = shutil.which("sendmail", path=f"{path}:{SENDMAIL_FOLDERS}")
    if program is None:
        raise Refused("there is no sendmail on this machine; set NEWSMON_ALERT_SMTP")
    try:
        done = subprocess.run([program, "-t", "-i"], input=mail.as_bytes(), capture_output=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        raise Unsure(f"{program} did not end within {TIMEOUT_S} s") from None
    except OSError as e:
        raise Refused(f"{program}: {e.strerror}") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise Refused(f"{program} ended with {done.returncode}: {said}")


def send_by_smtp(mail: EmailMessage, server: SplitResult) -> None:
    """By a mail server, over TLS where it has it; with a user and a password only over TLS."""
    host, secure = str(server.hostname), server.scheme == "smtps"
    context = ssl.create_default_context()
    try:
        if secure:
            client: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT_S, context=context)
        else:
            client = smtplib.SMTP(host, server.port or 25, timeout=TIMEOUT_S)
    except (OSError, smtplib.SMTPException) as e:
        raise Refused(f"{host}: {_said(e)}") from None
    with client:
        _log_in(client, server, context)
        try:
            refused = client.send_message(mail)
        except (smtplib.SMTPServerDisconnected, OSError) as e:
            if isinstance(e, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                raise Refused(f"{host}: {_said(e)}") from None
            raise Unsure(f"{host}: {_said(e)}") from None
        if refused:
            raise Unsure(f"{host}: refused for {', '.join(refused)}, sent to the others")


def _log_in(client: smtplib.SMTP, server: SplitResult, context: ssl.SSLContext) -> None:
    try:
        client.ehlo_or_helo_if_needed()
        secure = server.scheme == "smtps"
        if not secure and client.has_extn("starttls"):
            client.starttls(context=context)
            secure = True
        if server.username:
            if not secure:
                raise Refused(f"{server.hostname}: offers no TLS, and the password is not sent without")
            client.login(unquote(server.username), unquote(server.password or ""))
    except (OSError, smtplib.SMTPException) as e:
        raise Refused(f"{server.hostname}: {_said(e)}") from None


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return " ".join(f"{error.smtp_code} {text}".split())[:200]
    return " ".join(str(error).split())[:200] or type(error).__name__


def post_json(url: SplitResult, data: dict[str, Any], *, key: str, allowed: Sequence[Network]) -> None:
    """To a public address over https; without TLS only inside the networks that the operator named.

    The connection goes to the very address that was checked. A redirect is not followed. `key` is the same for the
    same data: who gets it twice sees that it is one.
    """
    host, secure = str(url.hostname), url.scheme == "https"
    port = url.port or (443 if secure else 80)
    connection = _connection(host, port, secure, _resolve(host, port, allowed, secure=secure))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"newsmon/{__version__}",
        "Idempotency-Key": key,
    }
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    try:
        try:
            connection.connect()
        except OSError as e:
            raise Refused(f"{host}: {_said(e)}") from None
        try:
            connection.request("POST", path, json.dumps(data, ensure_ascii=False).encode(), headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as e:
            raise Unsure(f"{host}: {_said(e)}") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise Refused(f"{host}: HTTP {status}")


def _resolve(host: str, port: int, allowed: Sequence[Network], *, secure: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as e:
        raise Refused(f"{host}: {_said(e)}") from None
    address = str(found[0][4][0])
    if not is_fetchable(address, allowed):
        raise Refused(f"{host} is at {address}, which is not a public address (NEWSMON_ALLOW_NETWORKS)")
    if not secure and is_fetchable(address):
        raise Refused(f"{host}: a webhook is posted to over https")
    return address


def _connection(host: str, port: int, secure: bool, address: str) -> http.client.HTTPConnection:
    if secure:
        context = ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=TIMEOUT_S, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)

    def connect(_: tuple[str, int], timeout: float, source: tuple[str, int] | None) -> socket.socket:
        return socket.create_connection((address, port), timeout, source)

    connection._create_connection = connect  # type: ignore[attr-defined]
    return connection
