"""One byline read piece by piece: names, agencies, functions, photographers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from newsmon.items import Author
from newsmon.text.agencies import Source, Table, table
from newsmon.text.byline_words import (
    ADDRESS_RE,
    AUTHOR_LABEL_RE,
    GLUED_NAMES_RE,
    GLUED_RE,
    MAIL_NAME_RE,
    OTHER_LABEL_RE,
    PICTURE_ROLE_RE,
    SEPARATOR_RE,
    WHEN_RE,
    WRITER_ROLE_RE,
    is_role,
    leading_role,
)
from newsmon.text.clean import clean_line
from newsmon.text.names import find_name, find_pen_name
from newsmon.text.places import is_place
from newsmon.text.sources import find_source, is_unit

LONGEST = 400
"""Signs: what is longer is a text, not a byline."""
ROLE_MAX = 120
"""Signs of a function that is kept."""

_TURN_RE = re.compile(
    r"\s+(?=(?:avec|with|par|by|en\s+collaboration|(?:propos\s+)?recueillis?\s+par|additional\s+reporting)\s|"
    r"(?:textes?|photos?|photographies?|illustrations?|vid[ée]os?)\s*(?::|par\s|de\s|by\s)|©)",
    re.I,
)
"""Where a piece ends without a sign: a label follows."""
_STAY_RE = re.compile(r"(?:[àa]|au|aux|en|in|at|from|depuis)\s+[A-ZÀ-ÖØ-Þ]")
_OF_RE = re.compile(
    r"(?:de|du|d['’]|pour|for)\s*(?:l['’]|la\s+|le\s+)?(?:[ée]missions?|[ée]quipe|r[ée]daction|site|magazine|journal|bureau|ICI)\b",
    re.I,
)
_BUTTON_RE = re.compile(r"\s(?:Suivre|Aller|Voir|Contact\w*|Courriel|Twitter|Tous|Lire|Follow)\b")
_VERB_RE = re.compile(r"(?:a|ont|est|sont|[ée]tait|avait|sera|has|have|is|was|said)\s", re.I)
_AROUND = " \u00a0\u202f\t,;:|–—-•·*_'’\"«»“”"


@dataclass(frozen=True, slots=True)
class Byline:
    """One byline read."""

    authors: tuple[Author, ...] = ()
    sources: tuple[Source, ...] = ()
    """The agencies and other outlets that it names, in its order."""
    own: bool = False
    """Whether the outlet itself signs."""
    labelled: bool = False
    """Whether it opens as a byline does: "Par", "Un texte de"."""
    pen_name: str | None = None
    """The one word that it holds, which is a name when nobody else signs."""


def read_byline(raw: str, *, outlet_name: str = "", sources: Table | None = None) -> Byline:
    """One byline as printed or stated. What is not a byline gives an empty one."""
    known = sources or table()
    text = _prepared(raw, known)
    return _Reader(text, outlet_name, known).read() if 0 < len(text) <= LONGEST else Byline()


def _prepared(raw: str, sources: Table) -> str:
    """`raw` on one line, bars in the place of addresses, dates and lost blanks."""
    if len(raw) > 4 * LONGEST:
        return ""
    text = unicodedata.normalize("NFC", clean_line(raw.replace("\n", " | ")))
    text = MAIL_NAME_RE.sub(r" | \1 | ", text)
    text = ADDRESS_RE.sub(lambda match: f" | {_host_name(match[0], sources)} | ", text)
    text = _hide(GLUED_RE.sub(" | ", text), sources)
    return WHEN_RE.sub(" | ", text).strip()


def _host_name(address: str, sources: Table) -> str:
    """The outlet whose bare domain stands in a byline: "lesaffaires.com, AFP"; nothing for other addresses."""
    source = sources.at_host(address) if "/" not in address and "@" not in address else None
    return source.name if source else ""


# Signs within a source's name that would part it, or be read as a date: "The Globe and Mail", "24 heures".
_DELICATE = " /,()&0123456789"
_HIDDEN = "".join(map(chr, range(1, 8))) + "".join(map(chr, range(14, 24)))
_HIDE = str.maketrans(_DELICATE, _HIDDEN[: len(_DELICATE)])
_SHOW = str.maketrans(_HIDDEN[: len(_DELICATE)], _DELICATE)


def _hide(text: str, sources: Table) -> str:
    for start, end in reversed(sources.delicate_spans(text)):
        text = text[:start] + text[start:end].translate(_HIDE) + text[end:]
    return text


class _Reader:
    """Reads a byline piece by piece."""

    def __init__(self, text: str, outlet_name: str, sources: Table) -> None:
        self._text = text
        self._own_name = outlet_name
        self._table = sources
        self._authors: list[Author] = []
        self._sources: dict[Source, None] = {}
        self._own = self._labelled = self._closed = False
        self._pieces: list[str] = []
        self._role: str | None = None
        # Whether names that follow are of authors (not of photographers, say), and whether brackets are open.
        self._of_authors, self._depth, self._invited = True, 0, False

    def read(self) -> Byline:
        at = 0
        while at < len(self._text) and not self._closed:
            if separator := SEPARATOR_RE.match(self._text, at):
                self._separate(separator[0])
                at = separator.end()
            else:
                at = self._label(at) or self._piece(at)
        return Byline(
            authors=tuple(self._writers()),
            sources=tuple(self._sources),
            own=self._own,
            labelled=self._labelled,
            pen_name=self._pen_name(),
        )

    def _separate(self, signs: str) -> None:
        opened = self._depth
        self._depth = max(0, self._depth + signs.count("(") + signs.count("[") - signs.count(")") - signs.count("]"))
        if self._depth != opened:
            self._invited = False

    def _label(self, at: int) -> int:
        """Where the label that stands at `at` ends; 0 when none does."""
        while at < len(self._text) and self._text[at].isspace():
            at += 1
        if match := AUTHOR_LABEL_RE.match(self._text, at):
            self._labelled = self._labelled or not self._pieces
            self._of_authors = self._invited = True
        elif match := OTHER_LABEL_RE.match(self._text, at):
            if match[0].startswith("©") and self._text[:at].rstrip().endswith((".", "…")) and not self._labelled:
                self._refuse()
            rest = self._text[match.end() :]
            if not rest or SEPARATOR_RE.match(rest):
                self._drop_photographer(match[0])
            else:
                self._of_authors = False
        return match.end() if match else 0

    def _drop_photographer(self, label: str) -> None:
        """ "Jean Untel (photos)", "Jean Untel, photos": the label is behind the name."""
        if self._pieces and self._authors and not label.rstrip().endswith(":"):
            self._authors.pop()
        else:
            self._of_authors = False

    def _piece(self, at: int) -> int:
        """Read the piece that starts at `at`; where it ends."""
        separator = SEPARATOR_RE.search(self._text, at + 1)
        end = separator.start() if separator else len(self._text)
        if turn := _TURN_RE.search(self._text, at + 1, end):
            end = turn.start()
        end = max(end, at + 1)
        if piece := self._text[at:end].translate(_SHOW).strip(_AROUND):
            self._pieces.append(piece)
            if self._of_authors:
                self._take(piece)
        return end

    def _take(self, piece: str) -> None:
        if self._take_source(piece) or is_unit(piece, self._table) or WRITER_ROLE_RE.match(piece):
            return
        if is_role(piece):
            self._take_role(piece)
        elif pair := _two_names(piece):
            self._take_name(pair[0])
            self._take_name(pair[1])
        elif (name := find_name(piece)) and not self._ends_in_tail(piece):
            self._take_name(name)
        elif not self._take_name_and_tail(piece):
            self._take_unknown(piece)

    def _take_source(self, piece: str) -> bool:
        source, own = find_source(piece, self._table, self._own_name)
        if own:
            self._own = True
        elif source is not None and source.kind != "photo":
            self._sources[source] = None
            if source.kind == "agency":
                self._authors.append(Author(name=source.name, kind="agency"))
        return own or source is not None

    def _take_role(self, piece: str) -> None:
        """A function: of the person before it, or of the one who follows; a name may end it."""
        if (lead := leading_role(piece)) and (name := find_name(piece[len(lead) :])):
            self._role = None if WRITER_ROLE_RE.match(lead.strip()) else lead.strip()
            self._take_name(name)
            return
        self._role = None
        self._take_source_of_role(piece)
        piece = _BUTTON_RE.split(piece, maxsplit=1)[0].strip(_AROUND + ".")
        if len(piece) > ROLE_MAX:
            return
        if self._authors and self._authors[-1].kind == "person":
            if self._authors[-1].role is None:
                self._authors[-1] = Author(name=self._authors[-1].name, role=piece)
        elif not self._authors:
            self._role = piece

    def _take_source_of_role(self, piece: str) -> None:
        """ "Rédaction Le Soleil": whose function it is; a guest's own paper is not where the text is from."""
        words = piece.split()
        for i in range(1, min(len(words), 5)):
            source, own = find_source(" ".join(words[i:]), self._table, self._own_name)
            self._own = self._own or own
            if source is not None and not own and source.kind == "agency":
                self._sources[source] = None
            if own or source is not None:
                return

    def _take_name(self, name: str) -> None:
        if self._depth and not self._invited and self._authors:
            return
        self._authors.append(Author(name=name, role=self._role))
        self._role = None

    def _ends_in_tail(self, piece: str) -> bool:
        """Whether a name of more than two words is a shorter one and a source or a town: "Jean Untel Le Devoir"."""
        return len(piece.split()) > 2 and next(self._tails(piece), None) is not None

    def _tails(self, piece: str) -> Iterator[tuple[str, str]]:
        """The ways to read `piece` as a name and what may follow one, the shortest name first."""
        words = piece.split()
        for count in range(2, min(len(words), 6)):
            name, tail = find_name(" ".join(words[:count])), " ".join(words[count:])
            if name and self._may_follow_name(tail):
                yield name, tail

    def _may_follow_name(self, tail: str) -> bool:
        source, own = find_source(tail, self._table, self._own_name)
        if own or source is not None or is_unit(tail, self._table) or _STAY_RE.match(tail) or _OF_RE.match(tail):
            return True
        return is_role(tail) or is_place(tail) or tail.casefold() in ("suivre", "abonné", "abonnée", "opinion")

    def _take_name_and_tail(self, piece: str) -> bool:
        """A name with a paper, a function or a town behind it."""
        if found := next(self._tails(piece), None):
            name, tail = found
            self._take_name(name)
            if not self._take_source(tail) and is_role(tail):
                self._take_role(tail)
            return True
        return False

    def _take_unknown(self, piece: str) -> None:
        """Prose ends a byline; prose without a label or a function before it tells that there was none."""
        words = piece.split()
        if len(words) > 3 and 2 * sum(word[0].islower() for word in words) >= len(words):
            self._closed = True
            told = self._labelled or any(author.role for author in self._authors)
            if not told or _VERB_RE.match(piece):
                self._refuse()

    def _refuse(self) -> None:
        """It was no byline after all: a caption, a sentence."""
        self._closed = True
        self._authors.clear()
        self._sources.clear()

    def _writers(self) -> Iterator[Author]:
        """Without the photographers, when somebody else signs too."""
        pictures = [a for a in self._authors if a.role and PICTURE_ROLE_RE.match(a.role)]
        if len(pictures) == len([a for a in self._authors if a.kind == "person"]):
            pictures = []
        return (author for author in self._authors if author not in pictures)

    def _pen_name(self) -> str | None:
        if len(self._pieces) != 1 or self._authors or self._sources or self._own or not self._of_authors:
            return None
        return None if is_role(self._pieces[0]) else find_pen_name(self._pieces[0])


def _two_names(piece: str) -> tuple[str, str] | None:
    """Two names that lost the blank between them: "Jeanne UntelPaul Autre"."""
    for glue in GLUED_NAMES_RE.finditer(piece):
        first, second = find_name(piece[: glue.start()]), find_name(piece[glue.end() :])
        if first and second:
            return first, second
    return None
