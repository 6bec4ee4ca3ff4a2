"""What an article holds, in a form that both engines take."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import is_
from typing import Any, TypeVar

from newsmon.text.clean import clean_text

T = TypeVar("T")

_AS_THEY_ARE = frozenset({type(None), bool, int, float, date, datetime})


def storable(item: T) -> T:
    """`item` with every string in it, however deep, such that both engines take it; itself when they do already."""
    # Some hundred values an article, nearly all of them as they should be: none is built anew without a reason.
    if isinstance(item, str):
        return item if item.isprintable() else clean_text(item)  # type: ignore[return-value]
    kind: Any = item.__class__
    if kind in _AS_THEY_ARE:
        return item
    if isinstance(item, list | tuple):
        parts = [storable(part) for part in item]
        return item if all(map(is_, parts, item)) else type(item)(parts)
    if isinstance(item, dict):
        before = tuple(item.items())
        after = storable(before)
        return item if after is before else dict(after)  # type: ignore[return-value]
    changes = {}
    for name in _field_names(kind):
        old = getattr(item, name)
        if old.__class__ not in _AS_THEY_ARE and (new := storable(old)) is not old:
            changes[name] = new
    return replace(item, **changes) if changes else item  # type: ignore[type-var]


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
