"""The house: rooms in one order, each importing only those before it, and names that a newcomer can tell apart.

ARCHITECTURE.md draws the same order: its map is held to the modules that are there.
"""

import ast
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

import auyl

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "auyl"
# The way of the data, first to last. A module at the top is a room of its own.
ORDER = (
    ("errors", "project", "files", "yaml_files", "terminal", "workers", "intervals", "bounded"),
    ("reading",),
    ("statement",),
    ("record",),
    ("measures",),
    ("doubts",),
    ("display",),
    ("lab",),
    ("intake",),
    ("reports",),
    ("cli", "__main__"),
)
FLOOR = {room: floor for floor, rooms in enumerate(ORDER) for room in rooms}
MODULES = sorted(path for path in LIBRARY.rglob("*.py") if path.parent != LIBRARY or path.stem != "__init__")


def room(dotted: str) -> str:
    """ "reading" of auyl.reading.table, "errors" of auyl.errors."""
    return dotted.split(".")[1]


def name_of(path: Path) -> str:
    return ".".join(("auyl", *path.relative_to(LIBRARY).with_suffix("").parts)).removesuffix(".__init__")


NAMES = frozenset(map(name_of, MODULES))


def imports(path: Path) -> Iterator[str]:
    """The modules of the library that a module imports, at the top or inside a function; not for type hints alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hints = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    unasked = {id(inner) for node in hints for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in unasked:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("auyl."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "auyl":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if node.module == "auyl" and alias.name in auyl.HOMES:
                    inner = f"auyl.{auyl.HOMES[alias.name]}"
                yield inner if inner in NAMES or node.module == "auyl" else str(node.module)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "auyl" and node.attr in auyl.HOMES:
            yield f"auyl.{auyl.HOMES[node.attr]}"  # `auyl.figures` is imported when it is asked for


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    own = room(name_of(path))
    assert own in FLOOR, f"{own} has no place in the order of rooms: give it one in this test and in ARCHITECTURE.md"
    for imported in imports(path):
        other = room(imported)
        assert other == own or FLOOR[other] <= FLOOR[own], f"{name_of(path)} imports {imported}, a later room"


def test_no_module_imports_itself_through_others() -> None:
    needs = {name_of(path): set(imports(path)) & NAMES for path in MODULES}
    while needs:
        free = [name for name, wanted in needs.items() if not wanted & needs.keys() - {name}]
        assert free, f"these modules import each other in a circle: {', '.join(sorted(needs))}"
        for name in free:
            del needs[name]


def alike(one: str, other: str) -> bool:
    """Whether two names differ by an ending alone: table and tables, runs and running, compare and comparable."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = sorted((one[same:], other[same:]), key=len)
    return same > 2 and len(rests[0]) <= 1 and len(rests[1]) <= 4 and "_" not in "".join(rests)


def test_names_that_are_alike_are_told() -> None:
    assert alike("tables", "table") and alike("runs", "running") and alike("compare", "comparable")
    assert not alike("shapes", "shares") and not alike("claims", "claims_in_text")


def test_no_two_modules_of_a_room_differ_by_an_ending() -> None:
    rooms: dict[Path, list[str]] = {}
    for path in MODULES:
        if not path.stem.startswith("__"):
            rooms.setdefault(path.parent, []).append(path.stem)
    for names in rooms.values():
        assert not [pair for pair in combinations(names, 2) if alike(*pair)]


def drawn() -> list[str]:
    """The dotted names on the map, in its order: a room ends in a slash, and what lies in it is indented."""
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## The map")[1].split("\n## ")[0]
    names, above = [], {0: "auyl"}
    for indent, name in re.findall(r"^( +)([a-z_]+)(?=/? )", page.split("```")[1], flags=re.MULTILINE):
        depth = len(indent) // 2
        above[depth] = f"{above[depth - 1]}.{name}"
        names.append(above[depth])
    return names


def test_the_map_names_every_module_and_no_other() -> None:
    names = drawn()
    assert set(names) == NAMES - {"auyl.__main__"}
    assert len(names) == len(set(names))


def test_the_map_has_the_rooms_in_their_order() -> None:
    rooms = list(dict.fromkeys(room(name) for name in drawn()))
    assert [FLOOR[name] for name in rooms] == sorted(FLOOR[name] for name in rooms)
