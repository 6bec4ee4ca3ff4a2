"""A small web server on loopback: a site is a function from a request to an answer."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from newsmon.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    """With its query, as asked."""
    headers: dict[str, str]
    """Lower-case names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    cacheable: bool = True
    """Carries an ETag, and is answered with 304 to who has it."""


Site = Callable[[Request], Answer]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up in the middle (a run that was killed) is not worth a traceback."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Server:
    """Serves one site on 127.0.0.1 from a thread of its own, until the block ends.

    Port 0 takes a free one. `requests` keeps every request in its order.
    """

    def __init__(self, site: Site, *, port: int = 0) -> None:
        """Raises: ConfigurationError when the port is taken."""
        self.site = site
        self.requests: list[Request] = []
        try:
            self._http = _Listener(("127.0.0.1", port), _handler_of(self))
        except OSError as e:
            raise ConfigurationError(f"127.0.0.1:{port}: {e.strerror}; choose another with --port") from None
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def paths(self) -> list[str]:
        """What was asked, without robots.txt."""
        return [r.path for r in self.requests if r.path != "/robots.txt"]

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = Request(self.path, {k.lower(): v for k, v in self.headers.items()})
            server.requests.append(request)
            self._send(_conditional(request, server.site(request)))

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            headers = {"Content-Type": answer.content_type, "Content-Length": str(len(answer.body)), **answer.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.status != 304:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet: `requests` has it."""

    return Handler


def _conditional(request: Request, answer: Answer) -> Answer:
    if answer.status != 200 or not answer.cacheable:
        return answer
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    headers = {**answer.headers, "ETag": etag}
    if request.headers.get("if-none-match") == etag:
        return Answer(status=304, content_type=answer.content_type, headers=headers)
    return Answer(body=answer.body, content_type=answer.content_type, headers=headers)
