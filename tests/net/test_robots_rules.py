"""What a robots.txt answer allows (RFC 9309)."""

import time

import pytest
from protego import Protego

from newsmon.net.outcomes import FetchFailure
from newsmon.net.robots import read_rules


def parse_robots(status: int, body: bytes) -> Protego:
    return Protego.parse(read_rules(status, body))


RULES = b"User-agent: *\r\nDisallow: /prive/\r\nCrawl-delay: 7\r\n"


def test_rules_are_kept() -> None:
    rules = parse_robots(200, RULES)
    assert not rules.can_fetch("https://exemple.ca/prive/a", "newsmon")
    assert rules.can_fetch("https://exemple.ca/politique/a", "newsmon")
    assert rules.crawl_delay("newsmon") == 7


@pytest.mark.parametrize("body", [b"\xef\xbb\xbf" + RULES, RULES.decode().encode("utf-16")])
def test_a_byte_order_mark_does_not_hide_the_first_rule(body: bytes) -> None:
    assert not parse_robots(200, body).can_fetch("https://exemple.ca/prive/a", "newsmon")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows(status: int) -> None:
    assert parse_robots(status, RULES).can_fetch("https://exemple.ca/prive/a", "newsmon")


def test_a_page_instead_of_rules_allows() -> None:
    page = b"<!doctype html><p>User-agent: *\nDisallow: /</p>"
    assert parse_robots(200, page).can_fetch("https://exemple.ca/", "newsmon")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_cannot_say_is_left_alone(status: int) -> None:
    with pytest.raises(FetchFailure) as failure:
        parse_robots(status, b"User-agent: *\nAllow: /")
    assert (failure.value.outcome, failure.value.reason) == ("blocked", "robots_unreachable")


def test_thirteen_megabytes_of_rules_do_not_hold_the_crawl_up() -> None:
    body = RULES + b"".join(b"Disallow: /*/a%06d*b\n" % i for i in range(600_000))
    began = time.process_time()
    assert not parse_robots(200, body).can_fetch("https://exemple.ca/prive/a", "newsmon")
    assert time.process_time() - began < 20
