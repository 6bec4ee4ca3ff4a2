"""What an article holds, in a form that both engines take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from newsmon.text.clean import clean_text

T = TypeVar("T")


def storable(item: T) -> T:
    """`item` with every string in it, however deep, such that both engines take it; itself when they do already."""
    # Of some hundred values an article, nearly always all are as they should be: that is seen before any is made anew.
    return item if _is_storable(item) else _cleaned(item)


_WITHOUT_STRINGS = frozenset({type(None), bool, int, float, date, datetime})


def _is_storable(item: Any) -> bool:
    values = [item]
    for value in values:  # it grows meanwhile
        kind = value.__class__
        if kind in _WITHOUT_STRINGS:
            continue
        if isinstance(value, str):
            if not value.isprintable() and clean_text(value) != value:
                return False
        elif isinstance(value, list | tuple):
            values += value
        elif isinstance(value, dict):
            values += value
            values += value.values()
        else:
            values += _parts(kind)(value)
    return True


def _cleaned(item: Any) -> Any:
    if isinstance(item, str):
        return clean_text(item)
    if isinstance(item, list | tuple):
        return type(item)(map(_cleaned, item))
    if isinstance(item, dict):
        return {_cleaned(k): _cleaned(v) for k, v in item.items()}
    if names := _names(item.__class__):
        return replace(item, **{name: _cleaned(getattr(item, name)) for name in names})
    return item


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@cache
def _parts(kind: Any) -> Callable[[Any], Iterable[Any]]:
    """What its values hold."""
    names = _names(kind)
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]
