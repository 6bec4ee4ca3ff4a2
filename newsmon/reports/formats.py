"""The answer of a report as data: CSV for spreadsheets, JSON, lines of JSON, Markdown, Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from newsmon.errors import ConfigurationError
from newsmon.reports.named import Language
from newsmon.reports.output import cell
from newsmon.reports.run import Answer, kind_of

Form = Literal["csv", "json", "jsonl", "markdown", "parquet"]
Separator = Literal[",", ";"]

FORMULA_STARTS = "-=+@－＝＋＠"
"""Of a text that a spreadsheet would calculate (CWE-1236), in both widths: Excel reads the wide ones in East Asia.
The hyphen is first: it stands in a regular expression's brackets."""

_FIRST_RE = re.compile(rf"[\t\r\n]|[\s\0]*[{FORMULA_STARTS}]")
_INNER_RE = re.compile(rf"([,;\t\r\n][ \t\r\n]*)(?=[{FORMULA_STARTS}])")
"""Where a cell would begin if the file were opened with another separator than it was written with."""


def as_bytes(answer: Answer, form: Form, language: Language, *, separator: Separator = ",") -> bytes:
    """The file. Raises: ConfigurationError for parquet without its library."""
    if form == "parquet":
        return as_parquet(answer, language)
    if form == "csv":
        return as_csv(answer, language, separator=separator).encode("utf-8-sig")
    text = {"json": as_json, "jsonl": as_jsonl}[form](answer) if form != "markdown" else as_markdown(answer, language)
    return text.encode() + b"\n" if text else b""


def as_csv(answer: Answer, language: Language, *, separator: Separator = ",") -> str:
    """RFC 4180. What would be a formula is defused by an apostrophe; numbers stay numbers.

    With `;` numbers have a decimal comma: so a French Excel reads both.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow([defused(heading) for heading in answer.headings(language)])
    for row in answer.rows:
        writer.writerow([_spreadsheet(value, language, separator) for value in row])
    return out.getvalue()


def defused(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would take for a formula."""
    text = _INNER_RE.sub(r"\1'", text)
    return f"'{text}" if _FIRST_RE.match(text) else text


def _spreadsheet(value: Any, language: Language, separator: Separator) -> Any:
    if isinstance(value, bool):
        return cell(value, language)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float | Decimal):
        return str(float(value)).replace(".", "," if separator == ";" else ".")
    return defused(value) if isinstance(value, str) else value


def as_json(answer: Answer) -> str:
    """An array of objects by column name, unaltered; days and moments in ISO 8601."""
    return json.dumps(list(_objects(answer)), ensure_ascii=False, indent=1)


def as_jsonl(answer: Answer) -> str:
    """The same objects, one on a line."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in _objects(answer))


def _objects(answer: Answer) -> Iterator[dict[str, Any]]:
    for row in answer.rows:
        yield dict(zip(answer.columns, map(_plain, row), strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


_MARKDOWN_RE = re.compile(r"([\\`*_\[\]<>|~&$])")
_BLANKS_RE = re.compile(r"[^\S\u00a0\u202f]+")
_ADDRESS_RE = re.compile(r"https?://[^\s<>|\\`]+")


def as_markdown(answer: Answer, language: Language) -> str:
    """A table as GitHub and Pandoc read it. A stranger's text makes no link, no picture and no element."""
    lines = [answer.headings(language), ["---" for _ in answer.columns]]
    lines += [[_markdown(value, language) for value in row] for row in answer.rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _markdown(value: Any, language: Language) -> str:
    text = cell(value, language)
    return f"<{text}>" if _ADDRESS_RE.fullmatch(text) else in_markdown(text)


def in_markdown(text: str) -> str:
    """`text` as plain words inside a line of Markdown."""
    return _MARKDOWN_RE.sub(r"\\\1", _BLANKS_RE.sub(" ", text).strip(" "))


def as_parquet(answer: Answer, language: Language) -> bytes:
    """Typed columns by their names, with title, question and headings in the file's metadata.

    Raises: ConfigurationError when pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise ConfigurationError("--format parquet needs pyarrow; run pip install 'newsmon[parquet]'") from None
    kinds = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    kinds |= {"day": pa.date32(), "instant": pa.timestamp("us", tz="UTC")}
    arrays = []
    for i, column in enumerate(answer.columns):
        values = [float(v) if isinstance(v := row[i], Decimal) else v for row in answer.rows]
        arrays.append(_column(pa, values, kinds.get(kind_of(column) or "")))
    english = language == "en"
    notes = {"title": answer.report.title[english], "question": answer.report.question[english]}
    notes |= dict(zip(answer.columns, answer.headings(language), strict=True))
    table = pa.table(dict(zip(answer.columns, arrays, strict=True)), metadata=notes)
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _column(pa: Any, values: list[Any], kind: Any) -> Any:
    """Of the kind that the views promise; of what it holds where a report gives the name to something else."""
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        found = pa.array(values)
        return found.cast(pa.string()) if found.type == pa.null() else found
