"""Parse once: the one tree that metadata, dates, bylines and body are read from."""

from __future__ import annotations

import codecs
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from newsmon.errors import PageError
from newsmon.page.jsonld import find_nodes
from newsmon.text.clean import clean_markup

LONGEST_PAGE = 8 * 2**20
"""Bytes."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META_CHARSET_RE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_HEADER_CHARSET_RE = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
# Tags with hundreds of attributes: libxml2 takes the square of their number in time.
LONGEST_TAG = 8000
"""Signs; what is longer is looked at for the number of its attributes."""
TAGS_MAX = 25_000
"""Tags of a page, ends included, that are read: room for a day's live report, bounded time for what is none."""
_LONG_TAG_RE = re.compile(rf"<([a-zA-Z][\w:-]{{0,40}})\s[^<>]{{{LONGEST_TAG},}}>")
_TAG_RE = re.compile(r"<[a-zA-Z!/?]")
LARGE = 2**20
"""Signs of a page from which long runs of blanks are folded, and which may not be DEEP: every element around a text
carries it along."""
DEEP = 100
_BLANKS_RE = re.compile(r"(?<!\s)\s{1000,}+")
ATTRIBUTES_MAX = 400
TAG_MAX = 2**20
"""Signs of a tag with its attributes: pictures and data may be written in one."""
DEEPEST = 2000
"""Elements within each other; libxml2 reads nothing below 2048."""
_CONTAINER_RE = re.compile(
    r"</?(?:div|span|section|b|i|em|strong|font|center|blockquote|ul|ol|li|dl|dd|table|tbody|tr|td)\b[^<>]*>", re.I
)
_JSONLD_RE = re.compile(r"<script[^<>]{1,300}application/ld\+json[^<>]{0,300}>", re.I)
CODE_TAGS = ("script", "style")
"""What is taken out of the tree once its JSON-LD is read."""
SCRIPTS_MAX = 20
"""JSON-LD scripts behind the cut that are read."""


@dataclass(slots=True)
class Document:
    """A parsed page."""

    tree: html.HtmlElement
    """Root element (<html>)."""
    url: str
    """The address reached."""
    jsonld: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD node of the page that has an @type, @graph and arrays flattened, in document order."""
    encoding: str = "utf-8"
    counts: dict[str, int] = field(default_factory=dict)
    _elements: list[html.HtmlElement] = field(init=False)
    """Every element, held: lxml would make its Python object anew at each of the cleaner's visits."""

    def __post_init__(self) -> None:
        self._elements = list(self.tree.iter())


def is_html(text: str) -> bool:
    """Whether `text` is markup rather than a plain-text dump of a page."""
    start = text.lstrip()[:2000].lower()
    return start.startswith(("<!doctype", "<html", "<head", "<body", "<?xml")) or len(_TAG_RE.findall(start)) > 5


def decode(body: bytes, content_type: str = "") -> tuple[str, str, bool]:
    """The text of a page, its encoding, and whether the declared one was wrong or missing.

    A byte order mark wins, then the HTTP header, then the markup. UTF-7 is never read. What is said to be UTF-8 and
    is not is windows-1252, byte by byte where need be.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name.removesuffix("-sig"), False
    declared = _codec(m[1] if (m := _HEADER_CHARSET_RE.search(content_type)) else "")
    if not declared and (meta := _META_CHARSET_RE.search(body[:4096])):
        declared = _codec(meta[1].decode("ascii"))
    for name in dict.fromkeys((declared or "utf-8", "utf-8")):
        try:
            return body.decode(name), name, name != declared
        except UnicodeDecodeError:
            continue
    if declared not in (None, "utf-8"):
        return body.decode(declared, "replace"), declared, True
    # Mostly UTF-8 with a few odd bytes, or windows-1252 throughout: whichever leaves more of it readable.
    replaced = body.decode("utf-8", "replace")
    if replaced.count("\ufffd") * 4 < sum(c > "\x7f" for c in replaced):
        return replaced, "utf-8", True
    return body.decode("windows-1252", "replace"), "windows-1252", True


def _codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name.strip()).name if name.strip() else None
    except LookupError:
        return None
    if codec in ("utf-7", "utf_7") or codec is None:
        return None
    # Browsers read these labels as windows-1252, whose signs from 0x80 to 0x9F newspapers use.
    return "windows-1252" if codec in ("iso8859-1", "ascii", "cp1252") else codec


def parse_document(body: bytes, *, url: str, content_type: str = "") -> Document:
    """The page as a tree.

    Raises: PageError empty, too_large, not_html, too_deep.
    """
    text, encoding, guessed = read_text(body, content_type)
    document = parse_text(text, url=url)
    document.encoding = encoding
    if guessed:
        document.counts["charset_guessed"] = 1
    return document


def read_text(body: bytes, content_type: str = "") -> tuple[str, str, bool]:
    """`decode`, for a body that may be a page at all. Raises: PageError empty, too_large, not_html."""
    if len(body) > LONGEST_PAGE:
        raise PageError("too_large", f"more than {LONGEST_PAGE} bytes")
    if body[:5] == b"%PDF-" or body[:4] in (b"\x89PNG", b"GIF8", b"PK\x03\x04") or body[:2] == b"\xff\xd8":
        raise PageError("not_html", "it is another kind of file")
    text, encoding, guessed = decode(body, content_type)
    if not text or text.isspace():
        raise PageError("empty", "there is nothing in it")
    return text, encoding, guessed


def parse_text(text: str, *, url: str) -> Document:
    """The markup as a tree. Raises: PageError empty, too_deep."""
    markup = clean_markup(text)
    if len(markup) > LARGE:
        markup = _BLANKS_RE.sub(" ", markup)
    tree, counts = _parse(markup)
    if _depth(tree) > (DEEP if len(markup) > LARGE else DEEPEST):
        tree, more = _parse(_CONTAINER_RE.sub(" ", markup))
        counts = {**more, "page_flattened": 1}
        if _depth(tree) > DEEPEST:
            raise PageError("too_deep", f"elements lie more than {DEEPEST} deep")
    jsonld = find_nodes(tree)
    # Half of a page's signs may be code: nobody who reads the tree is to pass over it again and again.
    etree.strip_elements(tree, *CODE_TAGS, with_tail=False)
    return Document(tree=tree, url=url, jsonld=jsonld, counts=counts)


def _depth(tree: html.HtmlElement) -> int:
    """Of the last element: where libxml2 gave up, it lies as deep as that goes."""
    depth, last = 0, tree
    while len(last):
        depth, last = depth + 1, last[-1]
    return depth


def _parse(markup: str) -> tuple[html.HtmlElement, dict[str, int]]:
    """The tree, and what was left out of it."""
    cut = markup.count("<") >= TAGS_MAX
    if cut:
        *pieces, rest = markup.split("<", TAGS_MAX)
        # What a page tells machines may stand at its end.
        markup = "<".join([*pieces, "/script>"]) + _jsonld_scripts(f"<{rest}")
    markup = _without_long_tags(markup)
    # An encoding declaration inside a text that is already decoded is an error to lxml.
    markup = re.sub(r"^\s*<\?xml[^>]*>", "", markup)
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    # One class for all: lxml.html's own look-up, for the sake of forms, is Python called for each element.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as e:
        raise PageError("empty", f"there is no markup in it: {e}") from None
    return tree, {"page_cut": 1} if cut else {}


def _jsonld_scripts(markup: str) -> str:
    """The closed JSON-LD scripts of `markup`, the first SCRIPTS_MAX of them."""
    found = []
    for opening in itertools.islice(_JSONLD_RE.finditer(markup), SCRIPTS_MAX):
        end = markup.find("</script", opening.end())
        if end > 0:
            found.append(f"{markup[opening.start() : end]}</script>")
    return "".join(found)


def _without_long_tags(markup: str) -> str:
    """`markup` with the tags of more than TAG_MAX signs or ATTRIBUTES_MAX attributes bare."""
    kept, done = [], 0
    at = markup.find("<")
    while at >= 0:
        # A leap to the last tag within reach: a page is looked through in a few dozen steps.
        following = markup.rfind("<", at + 1, at + 1 + LONGEST_TAG)
        if following < 0:
            tag = _LONG_TAG_RE.match(markup, at)
            if tag and (len(tag[0]) > TAG_MAX or tag[0].count("=") > ATTRIBUTES_MAX):
                kept += [markup[done:at], f"<{tag[1]}>"]
                done = tag.end()
            following = markup.find("<", at + 1)
        at = following
    return "".join([*kept, markup[done:]]) if kept else markup
