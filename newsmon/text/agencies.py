"""The table of news agencies and of outlets that texts and pictures are credited to."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from newsmon.errors import ConfigurationError

FILE = Path(__file__).with_name("agencies.toml")
SourceKind = Literal["agency", "photo", "outlet"]

_ARTICLE_RE = re.compile(r"(?:le|la|les|the)\s+|l'", re.I)
_DELICATE_RE = re.compile(r"[\d/,()&]| (?:et|and) ")
_APART_RE = re.compile(r"[\s\-‐-―_]")


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a text or a picture may be credited to."""

    name: str
    """Canonical, e.g. "La Presse Canadienne"."""
    kind: SourceKind
    forms: tuple[str, ...] = ()
    """Every way to write it, the name first."""
    hosts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """Its desks and programmes: "Jeanne Untel d'Enquête"."""


class _Folding(dict[int, str]):
    """A sign to the one it is compared as, for str.translate."""

    KEPT_MAX = 4096

    def __missing__(self, code: int) -> str:
        c = chr(code)
        if c in "’‘ʼ`´":
            plain = "'"
        elif _APART_RE.match(c):
            plain = " "
        else:
            plain = unicodedata.normalize("NFKD", c)[0].lower()[:1]
        if len(self) < self.KEPT_MAX:
            self[code] = plain
        return plain


_FOLDING = _Folding()


def fold_in_place(text: str) -> str:
    """`text` for comparing names, sign for sign: no accents, no case, one apostrophe, blanks for hyphens.

    As long as `text` when that is in Unicode's form C, so that a place in one is a place in the other.
    """
    return text.translate(_FOLDING)


def fold(text: str) -> str:
    """`fold_in_place` without blanks around and with one blank for many: the key of a name.

    >>> fold("  Agence France\N{EN DASH}Presse ")
    'agence france presse'
    """
    return " ".join(fold_in_place(unicodedata.normalize("NFC", text)).split())


class Table:
    """Finds the sources of a text. Of two sources with one form, the first counts."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self._by_form: dict[str, Source] = {}
        self._capitals: dict[str, Source] = {}
        self._units: dict[str, Source] = {}
        self._hosts: dict[str, Source] = {}
        for source in sources:
            for form in source.forms:
                if _is_acronym(form):
                    self._capitals.setdefault(form, source)
                else:
                    self._by_form.setdefault(fold(form), source)
            for unit in source.units:
                self._units.setdefault(fold(unit), source)
            for host in source.hosts:
                self._hosts.setdefault(host, source)
        self._form_re = re.compile(r"(?<!\w)(?:" + _alternatives(self._by_form) + r")(?!\w)")
        delicate = (form for form in (*self._by_form, *self._units) if _DELICATE_RE.search(form))
        self._delicate_re = re.compile(r"(?<!\w)(?:" + _alternatives(delicate) + r")(?!\w)")
        # PC is a party and a machine, AP a road: two letters count only where they stand alone.
        self._capitals_re = re.compile(
            r"(?<![\w.])(?:" + _alternatives(form for form in self._capitals if len(form) > 2) + r")(?!\w)"
        )

    def iter_sources(self, text: str) -> Iterator[Source]:
        """The sources that `text` names, in its order, each once."""
        text = unicodedata.normalize("NFC", text)
        folded = fold_in_place(text)
        found: list[tuple[int, Source]] = []
        for match in self._form_re.finditer(folded):
            source = self._by_form[match[0]]
            if source.kind == "agency" or _is_capitalised(text[match.start() : match.end()]):
                found.append((match.start(), source))
        found += [(match.start(), self._capitals[match[0]]) for match in self._capitals_re.finditer(text)]
        yield from dict.fromkeys(source for _, source in sorted(found, key=lambda place: place[0]))

    def delicate_spans(self, text: str) -> list[tuple[int, int]]:
        """Where `text` holds names that signs or digits would tear: "The Globe and Mail", "24 heures". Form C only.

        A name with digits counts after a sign that parts, for "il y a 24 heures" is none.
        """
        found = []
        for match in self._delicate_re.finditer(fold_in_place(text)):
            before = text[: match.start()].rstrip()
            if not any(c.isdigit() for c in match[0]) or not before[-1:].isalnum():
                found.append(match.span())
        return found

    def whole(self, text: str) -> Source | None:
        """The source whose form is all of `text`."""
        text = text.strip()
        return self._by_form.get(fold(text)) or self._capitals.get(text)

    def unit(self, text: str) -> Source | None:
        """The source whose desk or programme is all of `text`."""
        return self._units.get(fold(text))

    def at_host(self, host: str) -> Source | None:
        """The source at `host` or at a domain above it."""
        labels = host.lower().rstrip(".").split(".")
        return next(
            (self._hosts[name] for i in range(len(labels)) if (name := ".".join(labels[i:])) in self._hosts), None
        )


def _is_acronym(form: str) -> bool:
    return form.isupper() and form.isalpha() and len(form) < 5


def _is_capitalised(printed: str) -> bool:
    """Whether a name has its capital, the article before it apart: "le Devoir", not "le devoir"."""
    article = _ARTICLE_RE.match(printed.replace("’", "'"))
    return not printed[article.end() if article else 0 :][:1].islower()


def _alternatives(forms: Any) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)"


def _words(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise ValueError(f"{key} must be a list of words in quotes")
    return tuple(value)


def _source(row: Any) -> Source:
    if not isinstance(row, dict) or not isinstance(name := row.get("name"), str) or not name.strip():
        raise ValueError("a source needs a name")
    if unknown := set(row) - {"name", "kind", "forms", "hosts", "units"}:
        raise ValueError(f"{name}: unknown key {min(unknown)!r}")
    kind = row.get("kind", "agency")
    if kind not in get_args(SourceKind):
        raise ValueError(f"{name}: kind {kind!r} is none of {', '.join(get_args(SourceKind))}")
    hosts = tuple(host.lower().removeprefix("www.") for host in _words(row, "hosts"))
    return Source(name, kind, tuple(dict.fromkeys((name, *_words(row, "forms")))), hosts, _words(row, "units"))


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a TOML file of [[source]] tables: name, kind (agency unless told), forms, hosts, units.

    Raises: ConfigurationError, with the file, the source and what is wrong.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
        if unknown := set(rows) - {"source"}:
            raise ValueError(f"unknown key {min(unknown)!r}; write [[source]] tables")
        found = rows.get("source", [])
        if not isinstance(found, list):
            raise ValueError("write [[source]], in double brackets")
        return tuple(map(_source, found))
    except (OSError, ValueError) as e:
        raise ConfigurationError(f"{path}: {e}") from None


_own_files: list[Path] = []


def use_sources(file: Path | None) -> None:
    """From now on, in this process, `table()` holds the sources of `file` before ours. Raises: ConfigurationError."""
    own = [file] if file else []
    if own:
        _table(*own)  # what is wrong with it is told now
    _own_files[:] = own


def table() -> Table:
    """Our sources, those of the user's file before them."""
    return _table(*_own_files)


@cache
def _table(*own: Path) -> Table:
    return Table((*(source for file in own for source in load_sources(file)), *load_sources(FILE)))


def find_agency(text: str, sources: Table | None = None) -> str | None:
    """The canonical name of the first agency that `text` names.

    >>> find_agency("Par Jeanne Untel, avec l'AFP et Reuters")
    'Agence France-Presse'
    """
    found = (sources or table()).iter_sources(text)
    return next((source.name for source in found if source.kind == "agency"), None)
