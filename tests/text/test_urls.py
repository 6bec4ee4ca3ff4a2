"""Addresses: what is the same article gets the same address, what is another keeps its own."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.text.urls import canonical_url, find_url_day, is_on, url_key

SAMPLES = Path(__file__).parents[2] / "../shared/data/url_samples.csv"
BASE = "http://www.exemple.ca/politique/index.html"


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("http://exemple.ca/a/12/titre", "https://exemple.ca/a/12/titre"),
        ("HTTPS://WWW.Exemple.CA:443/A", "https://www.exemple.ca/A"),
        ("http://exemple.ca:80/a", "https://exemple.ca/a"),
        ("https://exemple.ca./a", "https://exemple.ca/a"),
        ("https://exemple.ca", "https://exemple.ca/"),
        ("https://exemple.ca/a#commentaires", "https://exemple.ca/a"),
        ("https://exemple.ca//a//b/./c/../d", "https://exemple.ca/a/b/d"),
        ("  https://exemple.ca/a\n/b\t ", "https://exemple.ca/a/b"),
        ("\ufeffhttps://exemple.ca/a\u200b", "https://exemple.ca/a"),
        ("https://exemple.ca/été à Québec", "https://exemple.ca/%C3%A9t%C3%A9%20%C3%A0%20Qu%C3%A9bec"),
        ("https://exemple.ca/au-%e2%80%a8centre/", "https://exemple.ca/au-%e2%80%a8centre/"),
        ("https://montréal.ca/a", "https://xn--montral-fya.ca/a"),
        ("https:\\\\exemple.ca\\a", "https://exemple.ca/a"),
        ("www.exemple.ca/a", "https://www.exemple.ca/a"),
        ("https://exemple.ca/a;jsessionid=12AB", "https://exemple.ca/a"),
        # a server of one's own keeps its scheme, or the address would lead nowhere
        ("http://127.0.0.1:8765/a", "http://127.0.0.1:8765/a"),
        ("http://localhost:8765/a", "http://localhost:8765/a"),
    ],
)
def test_one_article_has_one_address(printed: str, canonical: str) -> None:
    assert canonical_url(printed) == canonical


@pytest.mark.parametrize(
    "tracked",
    [
        "?utm_source=rss&utm_medium=manchettes&utm_campaign=accueil",
        "?xtor=RSS-3208",
        "#xtor=RSS-3-[lestitres]",
        "?fbclid=IwAR0x&gclid=b&msclkid=c&twclid=d&igshid=e&dclid=f",
        "?UTM_Source=a&utm%5Fmedium=b",
        "?utm_source=a&amp;utm_medium=b",
        "?mc_cid=a&mc_eid=b&at_medium=c&at_campaign=d&pk_campaign=e",
        "&utm_source=collée",
        "%3Futm_source=échappée",
        "?",
        "#",
    ],
)
def test_tracking_is_dropped(tracked: str) -> None:
    assert canonical_url("https://exemple.ca/a" + tracked) == "https://exemple.ca/a"


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("?p=123", "?p=123"),
        ("?id=3&utm_source=x", "?id=3"),
        ("?12345", "?12345"),
        ("?article=7&cid=12&galerie=3&eid=4&uid=5", "?article=7&cid=12&eid=4&galerie=3&uid=5"),
        ("?b=2&a=1", "?a=1&b=2"),
        ("?id=3?utm_source=x", "?id=3"),
        # an HTML reading of the query would make "§" of "&sect"
        ("?id=3&section=sports", "?id=3&section=sports"),
    ],
)
def test_a_parameter_that_may_identify_stays(printed: str, canonical: str) -> None:
    assert canonical_url("https://exemple.ca/n.php" + printed) == "https://exemple.ca/n.php" + canonical


@pytest.mark.parametrize(
    "printed",
    [
        "", " ", "javascript:void(0)", "JavaScript:alert(1)", "mailto:redaction@exemple.ca", "tel:5145550123",
        "data:text/html,x", "file:///etc/passwd", "ftp://exemple.ca/a", "http://", "http:///a", "http://[bad/a",
        "http://exemple.ca:99999999/", "http://exemple.ca:port/", "http://moi@exemple.ca/a", "http://a b/",
        "http://" + "a" * 64 + ".ca/", "https://exemple.ca/" + "a" * 30_000, "/relative", "//",
    ],
)  # fmt: skip
def test_what_is_no_address_is_none(printed: str) -> None:
    assert canonical_url(printed) is None


def test_relative_addresses_are_joined_to_their_page() -> None:
    assert canonical_url("/sports/12/titre", BASE) == "https://www.exemple.ca/sports/12/titre"
    assert canonical_url("12/titre", BASE) == "https://www.exemple.ca/politique/12/titre"
    assert canonical_url("//cdn.exemple.ca/a", BASE) == "https://cdn.exemple.ca/a"
    assert canonical_url("?p=3", BASE) == "https://www.exemple.ca/politique/index.html?p=3"
    assert canonical_url("mailto:a@exemple.ca", BASE) is None


def test_the_key_is_the_sha256_of_the_address() -> None:
    url = "https://exemple.ca/a/12/titre"
    assert url_key(url) == hashlib.sha256(url.encode()).hexdigest()
    assert url_key("https://exemple.ca/%e9") == url_key("https://exemple.ca/%E9")
    assert len(url_key("https://exemple.ca/" + "a" * 10_000)) == 64


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://exemple.ca/2025/06/27/titre", date(2025, 6, 27)),
        ("https://exemple.ca/monde/2026-08-24/surtitre/titre.php", date(2026, 8, 24)),
        ("https://exemple.ca/arts/201803/17/01-5157682-titre.php", date(2018, 3, 17)),
        ("https://exemple.ca/20180317/titre", date(2018, 3, 17)),
        ("https://exemple.ca/blogue/2024-02-29-titre", date(2024, 2, 29)),
        ("https://exemple.ca/2025/juin/3/titre", date(2025, 6, 3)),
        ("https://exemple.ca/27-06-2025/titre", date(2025, 6, 27)),
        ("https://exemple.ca/2025/02/30/titre", None),
        ("https://exemple.ca/nouvelle/1912733/bilan-chiffres-9-septembre-2022", None),
        ("https://exemple.ca/nouvelle/20180317123/titre", None),
        ("https://exemple.ca/info/2022/elections", None),
        ("http://[bad", None),
    ],
)
def test_the_day_of_an_address(url: str, day: date | None) -> None:
    assert find_url_day(url) == day


def test_a_host_is_on_its_domain_and_not_on_one_that_ends_alike() -> None:
    assert is_on("https://ici.radio-exemple.ca/a", ["radio-exemple.ca"])
    assert is_on("https://exemple.ca:8080/a", ["autre.ca", "Exemple.ca"])
    assert not is_on("https://monexemple.ca/a", ["exemple.ca"])
    assert not is_on("https://exemple.ca.mal.com/a", ["exemple.ca"])
    assert not is_on("https://exemple.ca/a", [])
    assert not is_on("http://[bad", ["exemple.ca"])


ADDRESSES = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "file"]),
        st.sampled_from(["exemple.ca", "É.ca", "[::1]", "a.b:80", "a:8", "x@y", "[", "ß.ca"]),
        st.text(alphabet="/ab.%3Fé;=&\\ \ud800\u200butm_", max_size=30),
        st.sampled_from(["", "?"]),
        st.text(alphabet="&?=#utm_sorce%5Fabid;é \ud800", max_size=40),
    ),
    st.builds("https://exemple.ca/a?{}={}&{}=1".format, *[st.sampled_from(["utm_x", "xtor", "id", "p", "fbclid"])] * 3),
)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(ADDRESSES, st.one_of(st.none(), st.just(BASE), st.text(max_size=20)))
def test_any_string_gives_a_stable_address_without_tracking(url: str, base: str | None) -> None:
    canonical = canonical_url(url, base)
    find_url_day(url)
    is_on(url, ["exemple.ca"])
    if canonical is None:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.isascii() and "#" not in canonical
    assert len(url_key(canonical)) == 64
    names = [name.lower() for name, _ in parse_qsl(urlsplit(canonical).query, keep_blank_values=True)]
    assert not [name for name in names if name.startswith("utm_") or name in ("xtor", "fbclid", "gclid")]


@pytest.mark.skipif(not SAMPLES.exists(), reason=f"no {SAMPLES.name}: real addresses lie outside the repository")
def test_real_addresses_are_already_canonical_but_for_their_scheme() -> None:
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        urls = [row["url"] for row in csv.DictReader(file)]
    plain = [url for url in urls if "?" not in url and "#" not in url]
    assert len(plain) > 400
    assert [url for url in plain if canonical_url(url) != url.replace("http://", "https://")] == []
