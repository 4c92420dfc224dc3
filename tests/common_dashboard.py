"""The files of the dashboard, read as its spreadsheet reads them."""

import json

from odoo.tools import file_open

REAL = "nps/data/files/nps_dashboard.json"
SAMPLE = "nps/data/files/nps_sample_dashboard.json"


def read(path=REAL):
    """Return a spreadsheet file as what it says."""
    with file_open(path) as file:
        return json.load(file)


def charts(book):
    """Return id -> definition of the charts and score cards of a spreadsheet."""
    figures = [figure for sheet in book["sheets"] for figure in sheet["figures"]]
    return {figure["id"]: figure["data"] for figure in figures}


def odoo_charts(book):
    """Return id -> definition of the charts that read records."""
    return {
        key: chart
        for key, chart in charts(book).items()
        if chart["type"].startswith("odoo_")
    }


def sources(book):
    """Yield (name, model, domain, groups, measures, matching) of all that reads."""
    for pivot in book["pivots"].values():
        groups = [_group(row) for row in pivot["rows"]]
        measures = [measure["id"] for measure in pivot["measures"]]
        yield (
            pivot["name"],
            pivot["model"],
            pivot["domain"],
            groups,
            measures,
            pivot["fieldMatching"],
        )
    for key, chart in odoo_charts(book).items():
        meta = chart["metaData"]
        yield (
            key,
            meta["resModel"],
            chart["searchParams"]["domain"],
            meta["groupBy"],
            [meta["measure"]],
            chart["fieldMatching"],
        )
    for entry in book["lists"].values():
        yield (
            entry["name"],
            entry["model"],
            entry["domain"],
            [],
            entry["columns"],
            entry["fieldMatching"],
        )


def _group(row):
    interval = row.get("granularity")
    return f"{row['fieldName']}:{interval}" if interval else row["fieldName"]
