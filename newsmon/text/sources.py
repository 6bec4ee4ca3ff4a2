"""Whom a piece of a byline or of a credit names, whole: an agency, another outlet, the outlet itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsmon.text.agencies import Source, Table, fold

_LEAD_RE = re.compile(
    r"(?:avec|with|selon|via|source|sources|texte|traduction|archives?|de|d['’]|du|des|[àa]|au|aux|pour|for|par|by|from|"
    r"l['’]|le|la|les|the|special\s+to|(?:agence|site)\s+(?=\S+\s)|©)\s*(?<=[\s'’©])",
    re.I,
)
_STAY_RE = re.compile(r"(?<=\S)\s+(?:[àa]|au|aux|en|in|depuis)\s+[A-ZÀ-ÖØ-Þ].*\Z", re.S)
_WEB_RE = re.compile(r"\.(?:com|ca|fr|org|net|info|quebec)\Z")
_ARTICLE_RE = re.compile(r"(?:le|la|les|the) |l'")


def find_source(piece: str, table: Table, own_name: str = "") -> tuple[Source | None, bool]:
    """The source that `piece` names, prepositions and a town apart, and whether it is the outlet `own_name` itself."""
    own = table.whole(own_name) if own_name else None
    own_key = _name_key(own_name)
    for form in _bare_forms(piece):
        if own_key and _name_key(form) == own_key:
            return own, True
        source = table.whole(form)
        if source is not None:
            return source, source is own or _is_part_of(source, own_key)
    return None, False


def is_unit(piece: str, table: Table) -> bool:
    """Whether `piece` is a desk or a programme of a known outlet: "d'Enquête"."""
    return any(table.unit(form) is not None for form in _bare_forms(piece))


def _bare_forms(piece: str) -> Iterator[str]:
    """`piece`, then without what stands before and behind a source's name, one word less at a time."""
    for text in dict.fromkeys((piece.strip(" .,:;–—-"), _STAY_RE.sub("", piece).strip(" .,:;–—-"))):
        bare = text
        while bare:
            yield bare
            lead = _LEAD_RE.match(bare)
            if lead is None:
                break
            if lead[0].strip().lower() in ("du", "au"):
                yield "Le " + bare[lead.end() :]
            elif lead[0].strip().lower() in ("des", "aux"):
                yield "Les " + bare[lead.end() :]
            bare = bare[lead.end() :]


def _name_key(name: str) -> str:
    """An outlet's name without article, medium and domain: of "Le Devoir" and "ledevoir.com" not the same, of
    "Le Monde.fr" and "Le Monde" the same."""
    key = _WEB_RE.sub("", fold(name).removeprefix("www."))
    return _ARTICLE_RE.sub("", key, count=1)


def _is_part_of(source: Source, own_key: str) -> bool:
    """Whether `source` is but the beginning of the outlet's own name: "La Presse" at "La Presse de Tunisie"."""
    if not own_key or source.kind != "outlet":
        return False
    return any(own_key.startswith(_name_key(form) + " ") for form in source.forms)
