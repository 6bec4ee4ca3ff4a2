"""Outlets of the bench's own: distinct article pages of some 50 KB, and a fast server of them on loopback.

`python -m bench._outlets FOLDER PORT [SLOW_S]` serves FOLDER/<n>/ on 127.0.0.<n>:PORT until it is ended, and prints
"ready". /rss lists an outlet's articles. Outlet 1 waits SLOW_S seconds before each answer.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import accumulate
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from bench.topics import make_article, make_words

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
FIRST = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLAIN = str.maketrans("éè", "ee")
ZONE = ZoneInfo("America/Toronto")

PAGE = Template("""<!DOCTYPE html>
<html lang="fr-CA"><head><meta charset="utf-8"><title>$headline | $outlet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="$url"><meta property="og:type" content="article">
<meta property="og:title" content="$headline"><meta property="og:url" content="$url">
<meta property="og:description" content="$deck"><meta property="article:published_time" content="$iso">
<style>$style</style>
<script type="application/ld+json">$jsonld</script>
<script>window.__CONFIG__=$config;</script></head>
<body class="article-page"><header class="site-header"><a href="/"><img src="/logo.svg" alt="$outlet"></a>
<p class="today">lundi 9 mars 2026, mise à jour à 18 h 04</p><nav><ul>$nav</ul></nav></header>
<main><article class="story"><header><p class="section"><a href="/actualites">Actualités</a></p>
<h1>$headline</h1><p class="deck">$deck</p>
<div class="byline"><span class="author">Par <a rel="author" href="/auteurs/$author_slug">$author</a></span>
<span>Le $outlet</span><time datetime="$iso">Publié le $printed</time></div>
<ul class="share"><li><a href="#f">Facebook</a></li><li><a href="#c">Courriel</a></li></ul></header>
<figure><img src="/img/$number.jpg" srcset="/img/$number-640.jpg 640w, /img/$number-1280.jpg 1280w" alt="">
<figcaption>$caption <span class="credit">Photo : $author, $outlet</span></figcaption></figure>
<div class="story-body">$body</div></article>
<aside class="related"><h2>À lire aussi</h2>$related</aside>
<section class="comments"><h2>Commentaires</h2><p>Connectez-vous pour commenter.</p></section></main>
<footer><ul>$foot</ul><p>© 2026 $outlet. Tous droits réservés.</p></footer>
<script>$script</script></body></html>
""")


@dataclass(frozen=True)
class Story:
    """One page and what its outlet's feed says of it."""

    path: str
    headline: str
    at: datetime
    html: bytes


class Newsroom:
    """Writes stories; the same seed writes the same ones."""

    def __init__(self, seed: int = 20260302) -> None:
        self._random = random.Random(seed)
        self._words = make_words(self._random, 12_000)
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(len(self._words))))

    def story(self, origin: str, number: int) -> Story:
        """Story `number` of the outlet at `origin` ("http://127.0.0.1:8000")."""
        pick = self._random
        headline = f"{self._phrase(8)} à {self._words[number % len(self._words)]}".capitalize()
        at = (FIRST + timedelta(minutes=7 * number)).astimezone(ZONE)
        path = f"/actualites/2026/03/{'-'.join(self._phrase(4).translate(PLAIN).split())}-{number}"
        text = make_article(pick, self._words, self._weights)
        author = f"{self._word().capitalize()} {self._word().capitalize()}"
        fields = {
            "headline": headline, "outlet": f"Courrier {origin.rsplit('.', 1)[-1].partition(':')[0]}",
            "url": origin + path, "deck": self._phrase(22).capitalize() + ".", "iso": at.isoformat(),
            "number": str(number),
            "author": author, "author_slug": author.lower().replace(" ", "-"),
            "printed": f"{at.day} {MONTHS[at.month - 1]} {at.year} à {at.hour} h {at.minute:02}",
            "caption": self._phrase(14).capitalize() + ".",
            "body": "".join(f"<p>{part}</p>" for part in text.split("\n\n") if part),
            "nav": self._links(70), "foot": self._links(60), "related": "".join(self._card() for _ in range(18)),
            "style": "".join(f".c{n:x}{{margin:{n % 40}px;color:#{pick.randrange(4096):03x}}}" for n in range(230)),
            "config": json.dumps({f"k{n}": [self._word(), pick.random()] for n in range(190)}),
            "script": "".join(f"f({pick.randrange(10**9)},'{self._word()}');" for _ in range(330)),
        }  # fmt: skip
        article = {"@type": "NewsArticle", "headline": headline, "datePublished": fields["iso"], "author": author}
        fields["jsonld"] = json.dumps({"@context": "https://schema.org", **article})
        return Story(path, headline, at, PAGE.substitute(fields).encode())

    def _word(self) -> str:
        return self._words[self._random.randrange(len(self._words))]

    def _phrase(self, words: int) -> str:
        return " ".join(self._word() for _ in range(words))

    def _links(self, count: int) -> str:
        return "".join(f'<li class="item"><a href="/{self._word()}/">{self._phrase(2)}</a></li>' for _ in range(count))

    def _card(self) -> str:
        title = self._phrase(9).capitalize()
        image = f'<img loading="lazy" src="/img/{self._word()}.jpg" srcset="/img/a.jpg 320w, /img/b.jpg 640w" alt="">'
        return (
            f'<div class="card"><a href="/a/2026/03/{self._word()}-{self._word()}/">{image}<h3>{title}</h3></a>'
            f'<p class="card-deck">{self._phrase(16)}</p><span class="card-date">7 mars 2026</span></div>'
        )


def write_outlets(folder: Path, *, outlets: int, stories: int, port: int) -> list[str]:
    """Make the pages and feeds of outlets 1 to `outlets`, `stories` in all; returns the addresses of the pages."""
    newsroom, urls = Newsroom(), []
    for n in range(1, outlets + 1):
        origin, written = f"http://127.0.0.{n}:{port}", []
        for number in range(n, stories + 1, outlets):
            written.append(newsroom.story(origin, number))
        (folder / str(n)).mkdir(parents=True)
        index = {}
        for position, story in enumerate(written):
            (folder / str(n) / f"{position}.html").write_bytes(story.html)
            index[story.path] = f"{position}.html"
            urls.append(origin + story.path)
        (folder / str(n) / "feed.xml").write_text(_feed(origin, written), "utf-8")
        (folder / str(n) / "index.json").write_text(json.dumps(index), "utf-8")
    return urls


def _feed(origin: str, stories: list[Story]) -> str:
    items = "".join(
        f"<item><title>{s.headline}</title><link>{origin}{s.path}</link><pubDate>{format_datetime(s.at)}</pubDate></item>"
        for s in stories
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courrier</title>{items}</channel></rss>'


def declarations(outlets: int, port: int) -> str:
    """The outlets as a file for NEWSMON_OUTLETS."""
    return "".join(
        f'[[outlet]]\nslug = "courrier_{n}"\nname = "Courrier {n}"\nhome = "http://127.0.0.{n}:{port}/"\n'
        f'feeds = ["http://127.0.0.{n}:{port}/rss"]\n'
        for n in range(1, outlets + 1)
    )


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def served(folder: Path, port: int, *, slow_s: float = 0) -> Iterator[None]:
    """The outlets of `folder`, from a process of its own."""
    command = [sys.executable, "-m", "bench._outlets", str(folder), str(port), str(slow_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        if server.stdout.readline() != "ready\n":
            raise RuntimeError("the bench's outlets do not start")
        try:
            yield
        finally:
            server.terminate()


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, GET alone, answers ready in memory."""

    def __init__(self, answers: dict[bytes, bytes], slow_s: float) -> None:
        self._answers = answers
        self._slow_s = slow_s
        self._transport: asyncio.Transport
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            answer = self._answers.get(head.split(b" ", 2)[1], NOT_FOUND)
            if self._slow_s:
                asyncio.get_running_loop().call_later(self._slow_s, self._transport.write, answer)
            else:
                self._transport.write(answer)


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _answer(body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _answers(folder: Path) -> dict[bytes, bytes]:
    answers = {b"/rss": _answer((folder / "feed.xml").read_bytes(), "application/rss+xml")}
    for path, name in json.loads((folder / "index.json").read_text("utf-8")).items():
        answers[path.encode()] = _answer((folder / name).read_bytes(), "text/html; charset=utf-8")
    return answers


async def serve(folder: Path, port: int, slow_s: float) -> None:
    loop = asyncio.get_running_loop()
    for outlet in sorted(folder.iterdir()):
        answers, wait = _answers(outlet), slow_s if outlet.name == "1" else 0
        await loop.create_server(lambda a=answers, w=wait: _Connection(a, w), f"127.0.0.{outlet.name}", port)  # type: ignore[misc]
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0))
