"""What Datasette shows of the database: the views, and the named reports as saved queries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsmon.reports.named import Language, Report
from newsmon.store.models import Base
from newsmon.store.views import VIEWS

FACETS = {
    "v_article": ["outlet", "day_basis", "origin", "month"],
    "v_match": ["topic", "outlet", "level"],
    "v_date": ["role", "source", "chosen"],
    "v_fetch": ["outcome", "reason", "outlet"],
    "v_run": ["kind", "status", "outcome"],
    "v_attention_day": ["topic", "outlet"],
}
SETTINGS = {"sql_time_limit_ms": 20_000, "max_returned_rows": 10_000, "allow_download": "off", "suggest_facets": "off"}
OTHER_TABLES = ("alembic_version",)

# A form sends an empty text where nothing was filled in.
_FILLED = {
    "topic": "nullif(:topic, '')",
    "since": "coalesce(nullif(:since, ''), '1000-01-01')",
    "until": "coalesce(nullif(:until, ''), '9999-12-31')",
    "undated": "CAST(coalesce(nullif(:undated, ''), '1') AS INTEGER)",
    "limit": "CAST(coalesce(nullif(:limit, ''), '500') AS INTEGER)",
}


def metadata(database: Path, reports: Iterable[Report], language: Language) -> dict[str, Any]:
    """Datasette's metadata for the file: tables hidden, views with facets, reports as queries.

    Source: https://docs.datasette.io/en/0.65/metadata.html
    """
    tables: dict[str, Any] = {name: {"hidden": True} for name in (*Base.metadata.tables, *OTHER_TABLES)}
    for view in VIEWS:
        described = {"description": f"A row is {view.row}.", "columns": {c.name: c.meaning for c in view.columns}}
        tables[view.name] = described | ({"facets": FACETS[view.name]} if view.name in FACETS else {})
    queries = {report.name: _query(report, language) for report in reports}
    described = {"tables": tables, "queries": queries}
    return {"title": "newsmon", "databases": {database.stem: described}}


def _query(report: Report, language: Language) -> dict[str, Any]:
    english = language == "en"
    headings = ", ".join(f"{name}: {texts[english]}" for name, texts in report.headings.items())
    return {
        "sql": fillable(report.sql),
        "title": report.title[english],
        "description": f"{report.question[english]} ({headings})",
        "params": list(report.parameters),
    }


def fillable(sql: str) -> str:
    """`sql` for a form: what is left empty means no bound, no topic, everything."""
    return re.sub(r":(topic|since|until|undated|limit)\b", lambda match: _FILLED[match[1]], sql)
