"""Names as French-language papers print them: one key, every transliteration, and guards for those that are words too.

names/*.toml hold ours; a user's folder of topics may have a folder `names` of its own, which adds keys, and forms
to our keys (or takes a key over with `replace = true`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from newsmon.topics.language import Query, Term, query_terms
from newsmon.topics.printing import print_term
from newsmon.topics.problems import ExpressionError, nearest
from newsmon.topics.tables import Table, toml_files
from newsmon.topics.terms import parse_term

Need = Literal["capital", "company", "either", "both"]
KINDS = ("person", "place", "organisation")
NEEDS: tuple[Need, ...] = ("capital", "company", "either", "both")
FOLDER = Path(__file__).parent / "names"

_LISTS = ("forms", "guarded", "not_after", "not_before", "not_with", "company")
_KEYS = ("label", "kind", *_LISTS, "need", "within", "replace")


@dataclass(frozen=True, slots=True)
class Name:
    """A person, a place or an organisation with the forms it is printed in.

    `forms` count wherever they stand. `guarded` forms are words or other people's names too; one counts when no
    `not_after` word is before it and no `not_before` word behind it, and it has what it `need`s: its capital (not
    one that opens a sentence or stands in a line of capitals), company (one of `forms` or of `company` anywhere in
    the article; within `within` words for a form without capital), either or both. With a `not_with` word in the
    article company is needed as well.
    """

    key: str
    label: str
    kind: str
    forms: tuple[Term, ...]
    guarded: tuple[Term, ...] = ()
    need: Need = "capital"
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_with: tuple[Term, ...] = ()
    company: tuple[Term, ...] = ()
    within: int = 10

    def canonical(self) -> str:
        """What a topic's version is told by: all that decides where the name stands."""
        lists: dict[str, tuple[Term | str, ...]] = {key: getattr(self, key) for key in _LISTS}
        plain = {
            key: sorted(print_term(item) if isinstance(item, Term) else item for item in items)
            for key, items in lists.items()
        }
        facts = {"key": self.key, "need": self.need, "within": self.within, **plain}
        return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _read_terms(table: Table, entry: dict[str, Any], key: str, section: str) -> tuple[Term, ...]:
    terms = []
    for text in table.take_texts(entry, key, section=section):
        try:
            term = parse_term(text)
            if term.kind == "name":
                raise ExpressionError(f"{text!r}: a name inside a name; write its forms")
            terms.append(term)
        except ExpressionError as e:
            table.failed(e, key, text, section=section)
    return tuple(dict.fromkeys(terms))


def _read_name(table: Table, key: str, entry: dict[str, Any], known: Name | None) -> Name:
    table.check_keys(entry, _KEYS, section=key, of=f"the name {key}")
    old = known or Name(key, key, "person", ())
    terms = {name: _read_terms(table, entry, name, key) for name in ("forms", "guarded", "not_with", "company")}
    texts = {name: tuple(table.take_texts(entry, name, section=key)) for name in ("not_after", "not_before")}
    need = table.take(entry, "need", str, old.need, section=key)
    if need not in NEEDS:
        table.report(f"need is {', '.join(NEEDS)}, not {need!r}{nearest(need, NEEDS)}", "need", section=key)
    kind = table.take(entry, "kind", str, old.kind, section=key)
    if kind not in KINDS:
        table.report(f"kind is {', '.join(KINDS)}, not {kind!r}{nearest(kind, KINDS)}", "kind", section=key)
    merged: dict[str, Any] = {name: tuple(dict.fromkeys(getattr(old, name) + terms[name])) for name in terms}
    merged |= {name: tuple(dict.fromkeys(getattr(old, name) + texts[name])) for name in texts}
    if not merged["forms"] and not merged["guarded"]:
        table.report(f'the name {key} has no forms: forms = ["…"]', section=key)
    if not merged["guarded"] and any(merged[name] for name in ("not_after", "not_before", "not_with", "company")):
        table.report(f"the name {key} has no guarded forms: its guards guard nothing", "guarded", section=key)
    label = table.take(entry, "label", str, old.label, section=key)
    within = int(table.take(entry, "within", float, old.within, section=key))
    return replace(old, label=label, kind=kind, need=need, within=within, **merged)


def read_names(path: Path, known: dict[str, Name]) -> dict[str, Name]:
    """The names of one file, laid over `known`.

    Raises: TopicError with every problem of the file.
    """
    table = Table(path)
    names = dict(known)
    for key, entry in table.data.items():
        if not isinstance(entry, dict):
            table.report(f"{key!r} stands outside a name: write [key] above it, e.g. [zelensky]", key)
            continue
        if key != key.lower() or " " in key:
            table.report(f"[{key}]: small letters and no blank: [{key.lower().replace(' ', '-')}]", section=key)
        over = table.take(entry, "replace", bool, False, section=key)
        names[key] = _read_name(table, key, entry, None if over else known.get(key))
    table.finish()
    return names


@lru_cache(maxsize=1)
def _our_names() -> dict[str, Name]:
    names: dict[str, Name] = {}
    for path in toml_files(FOLDER):
        names |= read_names(path, {})
    return names


def load_names(user_folder: Path | None = None) -> dict[str, Name]:
    """Our names and, over them, those of `user_folder`/names.

    Raises: TopicError.
    """
    names = dict(_our_names())
    if user_folder is not None:
        for path in toml_files(user_folder / "names"):
            names = read_names(path, names)
    return names


def check_names(query: Query, names: Mapping[str, Name]) -> None:
    """Raises: ExpressionError for a name that is in no table."""
    for term in query_terms(query):
        check_name(term, names)


def check_name(term: Term, names: Mapping[str, Name]) -> None:
    """Raises: ExpressionError for a name that is in no table; other terms are none."""
    if term.kind == "name" and term.text not in names:
        forms = {form.text.lower(): key for key, name in names.items() for form in (*name.forms, *name.guarded)}
        near = forms.get(term.text, "")
        hint = f"; did you mean @{near}?" if near else nearest(f"@{term.text}", [f"@{key}" for key in names])
        raise ExpressionError(f"no name @{term.text}{hint} (a table names/*.toml in your folder of topics adds names)")
