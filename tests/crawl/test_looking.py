"""newsmon freeze, new-outlet and outlets check, on sites that can be changed between two looks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsmon.newsstand.server import Answer, Request, Server, Site
from tests.crawl.conftest import Desk
from tests.crawl.sites import LONG

ROOT = Path(__file__).parents[2]
Serve = Callable[[Site], Server]
TITLES = [
    "Le traversier de Tadoussac reprend du service",
    "La bibliothèque de Matane prête des raquettes",
    "Un troupeau de bisons arrive à Chandler",
    "Le moulin de Saint-Ulric sera restauré",
    "La halte routière de Métis rouvre ses portes",
    "Une patinoire réfrigérée pour Causapscal",
]
PATHS = [f"/nouvelles/{17000 + i}/article-{i}-de-la-region" for i in range(len(TITLES))]


@dataclass
class Weekly:
    """A site with a home page, a feed and articles that have everything, until its template changes."""

    named: str = '<link rel="alternate" type="application/rss+xml" title="Toutes" href="/fil/rss.xml">'
    robots: str = ""
    template: str = "whole"
    answers: dict[str, Answer] = field(default_factory=dict)

    def __call__(self, request: Request) -> Answer:
        path = request.path
        if path in self.answers:
            return self.answers[path]
        if path == "/":
            return Answer(body=self.home().encode())
        if path == "/robots.txt":
            return Answer(
                body=self.robots.replace("{host}", request.headers["host"]).encode(), content_type="text/plain"
            )
        if path == "/fil/rss.xml":
            return Answer(body=self.rss(request.headers["host"]).encode(), content_type="application/rss+xml")
        if path in PATHS:
            return Answer(body=self.page(TITLES[PATHS.index(path)]).encode())
        return Answer(status=404, body=b"rien ici")

    def home(self) -> str:
        links = "".join(f'<li><a href="{path}">{title}</a></li>' for path, title in zip(PATHS, TITLES, strict=True))
        head = f"<title>L’Hebdo du Fleuve | Accueil</title>{self.named}"
        return f'<!doctype html><html lang="fr"><head>{head}</head><body><ul>{links}</ul></body></html>'

    def rss(self, host: str) -> str:
        items = "".join(
            f"<item><title>{title}</title><link>http://{host}{path}</link></item>"
            for path, title in zip(PATHS, TITLES, strict=True)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Fil</title>{items}</channel></rss>'

    def page(self, title: str) -> str:
        told = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "articleSection": "Régional",
            "datePublished": "2026-11-20T09:30:00-05:00", "author": {"@type": "Person", "name": "Odile Ferron"},
        }  # fmt: skip
        deck = '<p class="chapeau">C’est une nouvelle que la région attendait depuis le début de l’automne.</p>'
        if self.template == "bare":
            told, deck = {}, ""
        text = LONG[:1] if self.template == "short" else LONG
        paragraphs = "".join(f"<p>{part}</p>" for part in text)
        script = f'<script type="application/ld+json">{json.dumps(told)}</script>' if told else ""
        head = f"<title>{title} | L’Hebdo du Fleuve</title>{script}"
        return (
            f'<!doctype html><html lang="fr"><head>{head}</head><body><article><h1>{title}</h1>{deck}'
            f'<div class="texte">{paragraphs}</div></article></body></html>'
        )


def hebdo(url: str) -> str:
    return f'[[outlet]]\nslug = "hebdo"\nname = "L’Hebdo"\nhome = "{url}/"\nfeeds = ["{url}/fil/rss.xml"]\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """On SQLite alone: what is tried here asks the database for its last articles and nothing else."""
    return Desk(f"sqlite:///{tmp_path / 'newsmon.db'}", tmp_path)


# --- freeze


def test_a_page_is_frozen_with_what_is_read_from_it(desk: Desk, serve: Serve) -> None:
    with_page = serve(Weekly())
    desk.declare(hebdo(with_page.url))
    done = desk.run("freeze", "hebdo", f"{with_page.url}{PATHS[0]}", "--into", str(desk.folder))
    assert done.returncode == 1, done.stderr
    assert done.stderr == "newsmon: review it, then run the tests again\n"
    html, golden = (desk.folder / line for line in done.stdout.splitlines())
    assert html == desk.folder / "tests/outlets/hebdo/2026-11-20-traversier-tadoussac-reprend-service.html"
    assert html.read_bytes() == Weekly().page(TITLES[0]).encode()
    said = json.loads(golden.read_text("utf-8"))
    assert list(said)[:4] == ["url", "fetched_at", "headline", "deck"]
    assert (said["headline"], said["authors"], said["section"]) == (TITLES[0], ["Odile Ferron"], "Régional")
    assert (said["published_at"], said["day"]) == ("2026-11-20T14:30:00Z", "2026-11-20")
    assert said["body"] == [part.strip() for part in LONG]
    assert with_page.paths() == [PATHS[0]]

    again = desk.run("freeze", "hebdo", str(html), "--url", said["url"], "--into", str(desk.folder))
    assert again.returncode == 2
    assert "is there already; remove it" in again.stderr


def test_a_saved_page_is_frozen_and_a_lost_encoding_kept(desk: Desk) -> None:
    desk.declare(hebdo("https://hebdo.example"))
    saved = desk.folder / "page.html"
    saved.write_bytes(Weekly().page(TITLES[1]).encode())
    arguments = ("--url", "https://hebdo.example/2026/11/1", "--fetched-at", "2026-11-21T08:00:00-05:00")
    done = desk.run("freeze", "hebdo", str(saved), *arguments, "--into", str(desk.folder))
    assert done.returncode == 1, done.stderr
    golden = json.loads((desk.folder / done.stdout.splitlines()[1]).read_text("utf-8"))
    assert golden["fetched_at"] == "2026-11-21T13:00:00+00:00"
    assert golden["headline"] == TITLES[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("hebdo", "absent.html"), 2, "absent.html: no such file; name a saved page, or an address"),
        (("hebod", "https://hebdo.example/1"), 2, "no outlet 'hebod'; did you mean hebdo"),
        (("hebdo", "{page}"), 2, "it does not say where it is from; add --url URL"),
        (("hebdo", "{page}", "--url", "https://www.ledevoir.com/a/1/b"), 2, "is of le_devoir, not of hebdo"),
        (("hebdo", "{page}", "--url", "https://nul.example/1"), 2, "is of no declared outlet, not of hebdo"),
        (("hebdo", "{thin}", "--url", "https://hebdo.example/1"), 1, "not_found_page: it is no whole article"),
        (("hebdo", "https://hebdo.example/1", "--url", "https://x.example"), 2, "speak of a saved FILE"),
        (("hebdo", "http://127.0.0.1:9/1"), 1, "connection: "),
    ],
)
def test_what_cannot_be_frozen_is_said_in_a_line(desk: Desk, arguments: tuple[str, ...], code: int, said: str) -> None:
    desk.declare(hebdo("https://hebdo.example"))
    page, thin = desk.folder / "page.html", desk.folder / "thin.html"
    page.write_text(Weekly().page(TITLES[0]), "utf-8")
    thin.write_text("<html><body><h1>Page introuvable</h1><p>Cette page n’existe plus.</p></body></html>", "utf-8")
    named = [a.format(page=page, thin=thin) for a in arguments]
    done = desk.run("freeze", *named, "--into", str(desk.folder / "out"))
    assert done.returncode == code, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr
    assert not (desk.folder / "out").exists()


def test_robots_hold_for_a_look_too(desk: Desk, serve: Serve) -> None:
    server = serve(Weekly(robots="User-agent: *\nDisallow: /nouvelles/\n"))
    desk.declare(hebdo(server.url))
    done = desk.run("freeze", "hebdo", f"{server.url}{PATHS[0]}", "--into", str(desk.folder))
    assert done.returncode == 1
    assert "robots.txt forbids it" in done.stderr
    assert server.paths() == []


# --- outlets check


def check(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    return desk.run("outlets", "check", "hebdo", *arguments, "-s", "DOWNLOAD_DELAY=0")


def test_an_outlet_that_gives_what_it_used_to_is_well(desk: Desk, serve: Serve) -> None:
    server = serve(Weekly())
    desk.declare(hebdo(server.url))
    assert desk.crawl("hebdo").returncode == 0
    done = check(desk, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = json.loads(done.stdout)
    assert {name: row[name] for name in ("pages", "headline", "deck", "authors", "day", "section", "lost")} == {
        "pages": 3, "headline": "3/3", "deck": "3/3", "authors": "3/3", "day": "3/3", "section": "3/3", "lost": None,
    }  # fmt: skip
    assert (row["usual_from"], row["words"] > 80, row["usual_words"] > 80) == ("6 database", True, True)
    quiet = check(desk, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_a_redesign_is_told_by_the_fields_that_it_took(desk: Desk, serve: Serve) -> None:
    site = Weekly()
    server = serve(site)
    desk.declare(hebdo(server.url))
    assert desk.crawl("hebdo").returncode == 0
    site.template = "bare"
    done = check(desk)
    assert done.returncode == 1
    assert done.stderr.startswith("newsmon: hebdo lost deck, authors, day, section; look at a page of it")
    assert "deck, authors, day, section" in done.stdout
    site.template = "short"
    done = check(desk, "--quiet")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("newsmon: hebdo lost body; ")
    before = desk.rows("SELECT count(*) FROM run")
    assert before == [(1,)], "a look stores nothing"


def test_an_outlet_that_gives_nothing_lost_everything(desk: Desk, serve: Serve) -> None:
    site = Weekly()
    site.answers["/fil/rss.xml"] = Answer(status=404, body=b"plus rien")
    server = serve(site)
    desk.declare(hebdo(server.url))
    done = check(desk, "--quiet")
    assert done.returncode == 1
    assert f"newsmon: hebdo lost everything: {server.url}/fil/rss.xml: gone: HTTP 404; " in done.stderr


def test_a_field_that_the_outlet_never_gave_is_not_missed(desk: Desk, serve: Serve) -> None:
    server = serve(Weekly(template="bare"))
    desk.declare(hebdo(server.url))
    assert desk.crawl("hebdo").returncode == 0
    assert check(desk, "--quiet").returncode == 0


def test_wrong_names_of_outlets_are_said(desk: Desk) -> None:
    done = desk.run("outlets", "check", "le_devoirs")
    assert done.returncode == 2
    assert "did you mean le_devoir" in done.stderr


# --- new-outlet


def new_outlet(desk: Desk, server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    there = ("hebdo_du_fleuve", f"{server.url}/", "--into", str(desk.folder))
    return desk.run("new-outlet", *there, *arguments, "-s", "DOWNLOAD_DELAY=0")


def test_a_site_becomes_an_outlet_for_review(desk: Desk, serve: Serve) -> None:
    site = Weekly(robots="Sitemap: http://{host}/absent.xml\n")
    server = serve(site)
    done = new_outlet(desk, server, "--region", "QC")
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"Feed         {server.url}/fil/rss.xml: 6 links"
    assert lines[1].startswith(f"article      {server.url}{PATHS[0]}: headline, deck, authors, published_at, section, ")
    assert [line for line in done.stderr.splitlines() if "absent.xml" in line]
    assert done.stderr.endswith("newsmon: review it, then run the tests again\n")
    spider, html, golden = (desk.folder / line for line in lines[-3:])
    assert spider == desk.folder / "spiders/hebdo_du_fleuve.py"
    assert html.is_file() and json.loads(golden.read_text("utf-8"))["headline"] in TITLES
    code = (
        "import runpy; d = runpy.run_path(%r)['HebdoDuFleuveSpider'].declaration;"
        "print(d.slug, d.outlet.name, d.outlet.region, d.allowed_domains, [s.kind for s in d.sources])"
    )
    said = subprocess.run([sys.executable, "-c", code % str(spider)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "hebdo_du_fleuve L’Hebdo du Fleuve QC ('127.0.0.1',) ['rss']"
    command = [sys.executable, "-m", "ruff", "format", "--check", "--config", str(ROOT / "pyproject.toml")]
    subprocess.run([*command, str(spider)], check=True, capture_output=True)


def test_without_a_listing_its_home_page_is_the_section(desk: Desk, serve: Serve) -> None:
    server = serve(Weekly(named=""))
    done = new_outlet(desk, server, "--name", 'Le "Fleuve"')
    assert done.returncode == 1, done.stderr
    source = (desk.folder / "spiders/hebdo_du_fleuve.py").read_text("utf-8")
    assert f'Section("{server.url}/")' in source and r'Outlet("Le \"Fleuve\""' in source
    compile(source, "hebdo_du_fleuve.py", "exec")


def test_a_site_without_a_readable_article_leaves_nothing(desk: Desk, serve: Serve) -> None:
    site = Weekly()
    site.answers |= {path: Answer(status=403, body=b"non") for path in PATHS}
    server = serve(site)
    done = new_outlet(desk, server)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"newsmon: {server.url}/: no article of it could be read; nothing was written"
    )
    assert "http_status: HTTP 403" in done.stderr
    assert not (desk.folder / "spiders").exists() and not (desk.folder / "tests").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("le_devoir", "https://nouveau.example"), "le_devoir is declared already"),
        (("autre_devoir", "https://www.ledevoir.com/"), "is of le_devoir already"),
        (("Le-Devoir", "https://nouveau.example"), "a slug is snake_case ASCII"),
        (("nouveau", "nouveau.example"), "is not an http(s) address"),
        (("nouveau", "https://nouveau.example", "--timezone", "Quebec/Matane"), "is not an IANA zone"),
    ],
)
def test_what_cannot_be_an_outlet_is_said(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    done = desk.run("new-outlet", *arguments, "--into", str(desk.folder))
    assert done.returncode == 2
    assert said in done.stderr and len(done.stderr.splitlines()) == 1
