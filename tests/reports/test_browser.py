"""The pages in a real browser: nothing is asked of anyone, nothing is wrong, everything can be used, also on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from newsmon.reports.page.gather import Asked
from newsmon.reports.page.write import one_page, write_page
from newsmon.store.schema import open_ready
from tests.reports.browser import opened_browser
from tests.reports.newsroom import NOW, fill, on_topic
from tests.reports.payloads import ADDRESSES, ELEMENTS, FORMULAS
from tests.store.conftest import Store

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)


@dataclass
class Opened:
    """A page in the browser, and all that it did on its own."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A topic and all topics, in both languages, and a topic of hostile texts."""
    folder = tmp_path_factory.mktemp("pages")
    made: dict[str, Path] = {}
    store = Store(open_ready(f"sqlite:///{folder / 'newsroom.db'}"))
    fill(store)
    for language in ("fr", "en"):
        for topic in ("budgets", None):
            name = f"{'topic' if topic else 'index'}-{language}"
            source = one_page(store.engine, Asked(topic=topic), language, now=NOW)  # type: ignore[arg-type]
            made[name] = write_page(folder / f"{name}.html", source)
    store.engine.dispose()
    hostile = Store(open_ready(f"sqlite:///{folder / 'hostile.db'}"))
    payloads = (*ELEMENTS, *FORMULAS, *ADDRESSES)
    for year, first in enumerate(range(0, len(payloads), 40), start=2001):
        day = date(year, 5, 1)
        some = enumerate(payloads[first : first + 40], start=first)
        hostile.save(*(on_topic(i, day, headline=p, body=f"Le budget {p} est voté.") for i, p in some))
        source = one_page(hostile.engine, Asked(topic="budgets", since=day, until=day), "fr", now=NOW)
        made[f"hostile-{year}"] = write_page(folder / f"hostile-{year}.html", source)
    hostile.engine.dispose()
    return made


@pytest.fixture
def open_page(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    contexts = []

    def open_page(name: str, *, width: int = 1280, **options: Any) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.on("console", lambda message: opened.said.append(message.text))
        opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.page.on("dialog", lambda dialog: opened.said.append(f"dialog: {dialog.message}"))
        opened.page.goto(pages[name].as_uri())
        opened.page.wait_for_load_state("networkidle")
        return opened

    yield open_page
    for context in contexts:
        context.close()


EVERY = [f"{kind}-{language}" for kind in ("topic", "index") for language in ("fr", "en")]


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_asks_nothing_says_nothing_and_fits(open_page: Open, name: str, width: int) -> None:
    opened = open_page(name, width=width)
    assert [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []
    assert opened.said == []
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.page.evaluate("document.documentElement.lang") == name[-2:]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_picture_is_drawn(open_page: Open, width: int) -> None:
    page = open_page("topic-fr", width=width).page
    boxes = page.evaluate(
        "[...document.querySelectorAll('.picture .columns rect')].map(r => r.getBoundingClientRect())"
        ".map(b => [b.width, b.height])"
    )
    assert len(boxes) > 20 and all(w >= 1 and h >= 1 for w, h in boxes)
    ticks = page.evaluate(
        "[...document.querySelectorAll('.ticks text')].filter(t => getComputedStyle(t).display != 'none')"
        ".map(t => t.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert len(ticks) >= 2
    assert all(before[1] <= after[0] for before, after in pairwise(ticks)), "labels overlap"
    assert all(right <= width for _, right in ticks)


def _days(page: Page) -> list[str]:
    cells = "document.querySelectorAll('#t-latest tbody tr:not([hidden]) td:first-child')"
    days: list[str] = page.evaluate(f"[...{cells}].map(c => c.dataset.value)")
    return days


@pytest.mark.parametrize(("name", "width"), [("topic-fr", 1280), ("topic-en", 360)])
def test_the_filter_shows_what_holds_all_its_words(open_page: Open, name: str, width: int) -> None:
    page = open_page(name, width=width).page
    everything = _days(page)
    page.get_by_label("Filtrer" if name == "topic-fr" else "Filter").first.fill("phare ADOPTE")
    outlets = page.locator("#t-latest tbody tr td:nth-child(2):visible").all_inner_texts()
    assert outlets == ["Le Phare de l’Anse"] * 6
    told = page.locator("#latest output").inner_text()
    assert told == ("6 sur 19" if name == "topic-fr" else "6 of 19")
    page.get_by_label("Filtrer" if name == "topic-fr" else "Filter").first.fill("")
    assert _days(page) == everything


def test_a_table_is_sorted_by_its_numbers_and_its_days(open_page: Open) -> None:
    page = open_page("topic-fr").page
    day = page.locator("#t-latest thead th").first
    day.locator("button").click()
    assert _days(page) == sorted(_days(page)) and day.get_attribute("aria-sort") == "ascending"
    day.locator("button").press("Enter")
    assert _days(page) == sorted(_days(page), reverse=True) and day.get_attribute("aria-sort") == "descending"
    page.locator("#t-share-of-voice thead th button").nth(1).click()
    numbers = page.locator("#t-share-of-voice tbody tr td:nth-child(2)").all_inner_texts()
    assert list(map(int, numbers)) == sorted(map(int, numbers))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", EVERY)
def test_axe_finds_no_fault(open_page: Open, name: str, scheme: str) -> None:
    opened = open_page(name, width=360 if scheme == "dark" else 1280, color_scheme=scheme)
    opened.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = Axe().run(opened.page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    paper = opened.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (paper == "rgb(255, 253, 248)") == (scheme == "light")


def test_the_page_works_by_the_keyboard(open_page: Open) -> None:
    page = open_page("topic-fr").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#contenu"


def test_without_script_everything_is_there(open_page: Open) -> None:
    page = open_page("topic-fr", java_script_enabled=False).page
    assert page.locator("#t-latest tbody tr").count() == 19
    assert page.locator("input, button").count() == 0


def test_the_page_is_printed(open_page: Open) -> None:
    page = open_page("topic-fr").page
    pdf = page.pdf(format="Letter", print_background=False)
    assert pdf.startswith(b"%PDF") and 1 < pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") < 12
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden() and page.locator(".filter").first.is_hidden()
    assert page.locator("#t-chiffres").is_hidden(), "the numbers are printed by who opened them"
    page.evaluate("document.querySelector('details').open = true")
    assert page.locator("#t-chiffres").is_visible()


def test_hostile_texts_run_nothing(open_page: Open, pages: dict[str, Path]) -> None:
    for name in (name for name in pages if name.startswith("hostile")):
        opened = open_page(name)
        assert opened.said == [] and [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []
        assert (
            opened.page.evaluate("document.querySelectorAll('main script, main img, main iframe, main form').length")
            == 0
        )
        assert opened.page.locator("#t-latest tbody tr").count() >= 20


def test_the_policy_stops_what_should_ever_come_in(open_page: Open) -> None:
    """The second wall: were an element to slip in, it would still run nothing and load nothing."""
    opened = open_page("topic-fr")
    opened.page.evaluate(
        """() => {
            const box = document.createElement('div');
            box.innerHTML = '<img src="https://mal.example/x.png" onerror="console.log(1)"><p style="color: red" id="red">x';
            document.body.append(box);
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
        }"""
    )
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.ran") is None
    assert opened.page.evaluate("getComputedStyle(document.getElementById('red')).color") != "rgb(255, 0, 0)"
    assert all("Content Security Policy" in said for said in opened.said) and opened.said
