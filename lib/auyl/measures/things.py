"""What a unit is to the measures: money, a thing that was given or built, a village, people, a measure."""

import re
import tomllib
from functools import cache

from auyl.reading.lexicon import FOLDER

# ISO 4217. The one other unit of three capitals is MCI, the monthly calculation index.
CURRENCY_CODE = r"(?!MCI)[A-Z]{3}"
CURRENCY = re.compile(CURRENCY_CODE)
SHARES = frozenset({"percent", "percentage_point", "times", "per_mille"})


@cache
def kinds() -> dict[str, frozenset[str]]:
    """The lists of vocabulary/things.toml."""
    rows = tomllib.loads((FOLDER / "things.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in rows.items()}


@cache
def measures() -> frozenset[str]:
    """Units of size, weight and energy, and shares."""
    rows = tomllib.loads((FOLDER / "units.toml").read_text(encoding="utf-8"))
    return frozenset(rows["unit"]) | SHARES


def is_money(unit: str | None) -> bool:
    return unit is not None and CURRENCY.fullmatch(unit) is not None


def is_counted(unit: str | None) -> bool:
    """Whether the unit is a thing that is counted, and no measure, share or money."""
    return unit is not None and not is_money(unit) and unit not in measures() and unit != "MCI"


def is_kind(unit: str | None, kind: str) -> bool:
    return unit in kinds()[kind]


def is_divisor(unit: str | None) -> bool:
    """Whether money may be divided by the count of it: any thing but who did the work, and villages, which have their
    own measure."""
    return is_counted(unit) and not any(is_kind(unit, kind) for kind in ("never", "actors", "villages"))


def are_counted_together(one: str | None, other: str | None) -> bool:
    """Whether "12 of one and 40 of the other" is a count of one thing in two kinds: no people among things, no projects
    among villages."""
    for kind in ("people", "villages"):
        if is_kind(one, kind) != is_kind(other, kind):
            return kind == "villages" and (is_kind(one, "places") or is_kind(other, "places"))
    lengths = kinds()["lengths"]  # "38 roofs and 46 kilometres of pipes"
    return all(unit is None or is_counted(unit) or unit in lengths for unit in (one, other))
