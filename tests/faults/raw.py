"""Servers that break HTTP: what stands on the wire is written by hand, byte by byte."""

from __future__ import annotations

import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

Talk = Callable[[socket.socket], None]
"""What is said on a connection after the request was read."""


@dataclass
class RawServer:
    """Answers each path with its talk, every other one with 404; speaks TLS with a context."""

    talks: dict[str, Talk]
    tls: ssl.SSLContext | None = None
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers, in their order."""
    times: list[float] = field(default_factory=list)
    """When the last byte of each of them came, by the monotonic clock: the kernel's word, not a busy thread's."""

    def __enter__(self) -> RawServer:
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError, ssl.SSLError):
                    outer._answer(self.request)

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 64

        self._listener = Listener(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._listener.server_address[1])

    @property
    def url(self) -> str:
        return f"{'https://localhost' if self.tls else 'http://127.0.0.1'}:{self.port}"

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(30)
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        read = b""
        while b"\r\n\r\n" not in read:
            more = connection.recv(65536)
            if not more:
                return
            read += more
        first, *lines = read.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        path = first.split(" ")[1]
        self.requests.append((path, {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}))
        self.times.append(time.monotonic() - _seconds_since_data(connection))
        talk = self.talks.get(path, said(b"rien ici", status="404 Not Found"))
        with suppress(OSError):
            talk(connection)
        if talk not in (reset,):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def _seconds_since_data(connection: socket.socket) -> float:
    """How long ago the kernel took in what was read last, to some 10 ms. On loopback that is when it was sent, so that a
    thread that reads it late makes no gap of another length. 0 where there is no such word (not on Linux)."""
    if not hasattr(socket, "TCP_INFO"):
        return 0.0
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 56)
    return float(struct.unpack_from("=I", told, 52)[0]) / 1000  # tcpi_last_data_recv, milliseconds


def said(body: bytes, *headers: str, status: str = "200 OK", length: int | str | None = None) -> Talk:
    """An answer with a Content-Length, right or `length`, that closes the connection."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    return wire(("\r\n".join([*lines, *headers]) + "\r\n\r\n").encode("latin-1") + body)


def wire(data: bytes) -> Talk:
    """These very bytes, then the end."""
    return lambda connection: connection.sendall(data)


def silence(connection: socket.socket) -> None:
    connection.recv(1)


def reset(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<rss>")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(head: bytes, drop: bytes, *, every: float = 0.1) -> Talk:
    """`head`, then a `drop` again and again: never idle, never done."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(drop)
            time.sleep(every)

    return talk


def flood(head: bytes, chunk: bytes) -> Talk:
    """`head`, then `chunk` without end, as fast as it is taken."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(chunk)

    return talk
