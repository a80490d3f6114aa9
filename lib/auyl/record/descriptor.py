"""data/datapackage.json: the columns of every table, written from the lists in tables.py; the rest of it by hand."""

import json
from pathlib import Path

from auyl.reading.table import DTYPES
from auyl.record.tables import FIGURES, KINDS, TABLES, Column


def columns_of(name: str) -> list[Column]:
    """The columns of a table of data/ in their order: "figures", "published", "regional", "context", "regions"."""
    return [FIGURES[column] for column in DTYPES] if name == "figures" else list(TABLES[name].columns)


def field(column: Column) -> dict:
    """A column as the standard describes it: Table Schema of Data Package v2."""
    kind = KINDS[column.kind]
    constraints = {
        "required": None if column.missing else True,
        "unique": column.unique or None,
        "pattern": kind.pattern,
        "minimum": kind.ends[0] if kind.ends else None,
        "maximum": kind.ends[1] if kind.ends and kind.ends[1] < 10**9 else None,
        "enum": list(column.choices) or None,
    }
    constraints = {name: rule for name, rule in constraints.items() if rule is not None}
    described = {"name": column.name, "type": kind.type, "description": column.about}
    described |= {"trueValues": ["true"], "falseValues": ["false"]} if kind.type == "boolean" else {}
    return described | ({"constraints": constraints} if constraints else {})


def written(descriptor: str) -> str:
    """The descriptor with the columns as they are today."""
    package = json.loads(descriptor)
    for resource in package["resources"]:
        resource["schema"]["fields"] = [field(column) for column in columns_of(resource["name"])]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def write(path: Path) -> None:
    path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
