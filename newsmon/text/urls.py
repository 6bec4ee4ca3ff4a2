"""Addresses: one form for one article, its key, the day that stands in it, the host it is on.

Pure functions over strings: nothing is fetched or resolved here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

LONGEST = 20_000
"""Characters; what is longer is not an address."""

# Parameters that tell who sent the reader, never which article it is. courlan's list is not used: it takes
# whatever starts with "ga" or "gl", or holds "cid", "eid" or "uid", and so drops `galerie=3` and `cid=12`.
_TRACKER_PREFIXES = (
    "utm_", "utm-", "at_", "mtm_", "matomo_", "pk_", "piwik_", "mc_", "ga_", "gaa_", "gad_", "gs_", "hsa_", "_hs",
    "hss_", "oly_", "vero_", "trk_", "itm_", "wt_", "wt.", "fb_", "ml_subscriber", "mkt_", "elq", "asc_", "guce_",
    "_branch_", "__hs", "soc_", "ns_", "spm", "ecid_", "campaign", "affiliate",
)  # fmt: skip
_TRACKERS = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "yclid", "ysclid", "ttclid",
        "igshid", "igsh", "li_fat_id", "rdt_cid", "epik", "s_cid", "s_kwcid", "ef_id", "zanpid", "tduid", "dm_i",
        "xtor", "xtref", "xtcr", "xts", "xtnp", "xtmc", "xtatc", "echobox", "cmpid", "cmp", "ncid", "icid", "ito",
        "ocid", "cvid", "mbid", "smid", "smtyp", "wpisrc", "wprss", "sr_share", "guccounter", "_ga", "_gl", "gl_id",
        "ref", "refsrc", "ref_src", "ref_url", "referer", "referrer", "source", "medium", "share", "shared",
        "partner", "partnerid", "aff", "trk", "trkinfo", "feature", "rss", "__twitter_impression", "twitter_impression",
        "replytocom", "fromapp", "partageapp", "accesvia", "depuisrecherche", "isautoplay", "sessionid", "session_id",
        "phpsessid", "jsessionid", "clickid", "click_id", "recruiter", "publisher_id", "newsletterid",
    }
)  # fmt: skip

# A tracker glued to an address without its question mark, or with one that was escaped or doubled.
_GLUED_RE = re.compile(r"(?:%3f|%26|[?&])(?:utm_[a-z]+|xtor|fbclid)=.*", re.I | re.S)
_SESSION_RE = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.I)
_HOST_RE = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\Z"
)
_IPV6_RE = re.compile(r"[0-9a-f:.]{2,45}\Z")
_SCHEME_RE = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_BARE_HOST_RE = re.compile(r"www\d?\.[\w-]+(?:\.[\w-]+)+(?:[/?#:]|\Z)", re.I)
# White space, controls and zero-width signs have no place in an address; lone surrogates cannot be encoded.
_IGNORED_RE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_SURROGATE_RE = re.compile(r"[\ud800-\udfff]")
_ESCAPE_RE = re.compile(r"%([0-9a-fA-F]{2})")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?[]"


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The one form of an article's address: https, lower-case host, no default port, no fragment, no tracking.

    `url` may be relative to `base`. Parameters that may identify are kept, sorted by name. An address with a
    port of its own keeps its scheme. Percent-escapes stay as printed. Idempotent; never raises.

    Returns None for what is not an http(s) address: another scheme, no host, a user name, a bad port.

    >>> canonical_url("http://www.Exemple.ca:80/a/12/titre?utm_source=rss&id=3#xtor=RSS-3")
    'https://www.exemple.ca/a/12/titre?id=3'
    """
    absolute = _absolute(url, base)
    if absolute is None or len(absolute) > LONGEST:
        return None
    try:
        parts = urlsplit(absolute)
        netloc = _netloc(parts)
    except ValueError:
        return None
    if netloc is None:
        return None
    scheme, host = netloc
    canonical = urlunsplit((scheme, host, _path(parts.path), _query(parts.query), ""))
    return canonical if len(canonical) <= LONGEST else None


@lru_cache(maxsize=1024)  # the steps that store an article ask for the same few
def url_key(canonical: str) -> str:
    """The sha256 (hex) of a canonical address: what articles are unique by.

    Two spellings of the same percent-escape (`%e9`, `%E9`) give the same key (RFC 3986, 6.2.2.1).
    """
    normal = _ESCAPE_RE.sub(lambda m: m[0].upper(), canonical)
    return hashlib.sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()


def is_on(url: str, domains: Iterable[str]) -> bool:
    """Whether the host of `url` is one of the domains or below one. No domains: False."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    names = (d.lower().strip().strip(".") for d in domains)
    return bool(host) and any(host == name or host.endswith("." + name) for name in names if name)


def _absolute(url: str, base: str | None) -> str | None:
    url = _SURROGATE_RE.sub("\ufffd", _IGNORED_RE.sub("", url)).strip()
    url = url.replace("&amp;", "&").replace("&#038;", "&").replace("&#38;", "&")
    if not url:
        return None
    scheme = _SCHEME_RE.match(url)
    if scheme and scheme[1].lower() in ("http", "https"):
        return _straight(url)
    if _BARE_HOST_RE.match(url):
        return _straight("https://" + url)
    if scheme and not re.match(r"[^/?#]*:\d", url):
        return None
    if url.startswith(("//", "\\\\")):
        return _straight("https:" + url)
    if base is None:
        return None
    try:
        return urljoin(base.strip(), _straight(url))
    except ValueError:
        return None


def _straight(url: str) -> str:
    """Backslashes before the query read as slashes, as browsers do."""
    head, mark, tail = url.partition("?")
    return head.replace("\\", "/") + mark + tail


def _netloc(parts: SplitResult) -> tuple[str, str] | None:
    """The scheme and the host with its port, or None. Raises: ValueError for a bad port or IPv6 address."""
    scheme, host, port = parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port
    if scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    if ":" in host:
        if not _IPV6_RE.match(host):
            return None
        host = f"[{host}]"
    else:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        if not _HOST_RE.match(host):
            return None
    default = {"http": 80, "https": 443}[scheme]
    if port is None or port == default:
        return "https", host
    return scheme, f"{host}:{port}"


def _path(path: str) -> str:
    path = _GLUED_RE.sub("", _SESSION_RE.sub("", path))
    path = re.sub(r"(?<!:)/{2,}", "/", path)
    return quote(_without_dots(path), safe=_PATH_SAFE) or "/"


def _without_dots(path: str) -> str:
    """Source: RFC 3986, 5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    tail = "/" if segments[-1] in (".", "..") and kept else ""
    return "/" + "/".join(kept) + tail


def _query(query: str) -> str:
    kept = {}
    for piece in query.split("&"):
        piece = _GLUED_RE.sub("", piece)
        while piece.startswith("amp;"):
            piece = piece[4:]
        name = unquote(piece.partition("=")[0]).strip().lower()
        if name and not _is_tracker(name):
            kept[quote(piece, safe=_QUERY_SAFE)] = name
    return "&".join(sorted(kept, key=lambda piece: (kept[piece], piece)))


def _is_tracker(name: str) -> bool:
    return name in _TRACKERS or name.startswith(_TRACKER_PREFIXES)


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march", "avril avr april apr",
            "mai may", "juin june jun", "juillet juil july jul", "aout august aug", "septembre sept september sep",
            "octobre oct october", "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_DAY_RES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"/{_Y}/{_M}/{_D}(?=/|\Z)",
        rf"/{_Y}/(?P<name>[a-z]{{3,9}})/{_D}(?=/|\Z)",
        rf"/{_Y}-(?P<m>\d\d)-(?P<d>\d\d)(?=[/_.-]|\Z)",
        r"/(?P<y>(?:19|20)\d\d)(?P<m>\d\d)/(?P<d>\d\d)(?=/|\Z)",
        r"/(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=[/_.-]|\Z)",
        rf"/{_D}[/-]{_M}[/-]{_Y}(?=/|\Z)",
    )
)


def find_url_day(url: str) -> date | None:
    """The calendar day that stands as such in the path: `/2025/06/27/`, `/2026-08-24/`, `/201803/17/`, `/20180317/`.

    A date in the words of a slug (`bilan-du-9-septembre-2022`) is the story's, not the article's: None.
    """
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        return None
    for pattern in _DAY_RES:
        for match in pattern.finditer(path):
            parts = match.groupdict()
            month = _MONTHS.get(parts["name"]) if parts.get("name") else int(parts["m"])
            try:
                return date(int(parts["y"]), month or 0, int(parts["d"]))
            except ValueError:
                continue
    return None
