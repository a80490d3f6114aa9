"""Many runs from one file: names with lists of values in YAML, or one run a line in CSV, checked before any is run.

    notebooks: [01, 02]              # all that become reports, if this line is missing
    parameters:
      statement: ["2025-*"]          # a * stands for any letters of a statement's name
      price_year: [2020, 2024]

Every value of one name meets every value of the others. A CSV file has a column a parameter and perhaps `notebook`; an
empty entry is the notebook's default. A notebook is given those of the parameters that it declares.
"""

import csv
import hashlib
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from auyl.errors import ParameterError
from auyl.project import notebooks, seeds
from auyl.reports.manifest import Run
from auyl.reports.parameters import Declared, assign_parameters
from auyl.statement import newest_statement, statement_ids
from auyl.yaml_files import read_yaml

MOST_RUNS = 1_000_000
LONGEST_NAME = 60  # letters of a folder's name for its parameters, and at least as many for the statement
Asked = tuple[Sequence[str], dict[str, str], str]  # notebooks (none: all), values as text, and where they stand


def report_notebooks() -> dict[str, Path]:
    """The notebooks that become reports, by name and in order: two digits, then the topic."""
    return {path.stem: path for path in sorted(notebooks().glob("[0-9][0-9]_*.ipynb"))}


def read_matrix(path: Path, found: Mapping[str, Path], declared: Declared) -> list[Run]:
    """The runs that a .yml, .yaml or .csv file asks for, in its order, each once.

    Parameters
    ----------
    found, declared
        The notebooks there are, by name, and the parameters each one declares.

    Raises
    ------
    ParameterError
        The file cannot be read, asks for nothing, or names a notebook, parameter, value or statement that cannot be.
    """
    read = {".yml": _from_yaml, ".yaml": _from_yaml, ".csv": _from_csv}.get(path.suffix.lower())
    if read is None:
        raise ParameterError(f'--matrix {path}: the ending "{path.suffix}" is not one of .yml, .yaml, .csv.')
    asked = list(read(path))
    statements = statement_ids() or [newest_statement()[0]]  # asked once: there may be thousands
    planned = {run.page: run for one in asked for run in _runs(*one, found, declared, statements)}
    if not planned:
        raise ParameterError(f"{path.name} asks for no run: it lists no values, or no line stands below its header.")
    return list(planned.values())


def _from_yaml(path: Path) -> Iterator[Asked]:
    try:
        content = read_yaml(path) or {}
    except ValueError as error:
        raise ParameterError(f"--matrix {path}: {error}.") from None
    if not isinstance(content, dict) or not isinstance(content.get("parameters", {}), dict):
        told = "write `notebooks: [01, 02]` and `parameters:` with names below."
        raise ParameterError(f"{path.name} is no matrix: {told}")
    if unknown := sorted(content.keys() - {"notebooks", "parameters"}):
        raise ParameterError(f'{path.name} has "{unknown[0]}": a matrix has `notebooks` and `parameters` alone.')
    lists = {}
    for name, values in content.get("parameters", {}).items():
        if isinstance(values, dict):
            raise ParameterError(f"{path.name}: the values of {name} are no list: write `{name}: [one, another]`.")
        lists[name] = [_as_typed(value) for value in _listed(values)]
    if "statement" in lists:
        lists["statement"] = [known for name in lists["statement"] for known in _statements(name, path.name)]
    if (runs := math.prod(map(len, lists.values()))) > MOST_RUNS:
        raise ParameterError(f"{path.name} asks for {runs:,} runs of each notebook: there may be {MOST_RUNS:,}.")
    for values in itertools.product(*lists.values()) if content else []:
        yield _listed(content.get("notebooks", [])), dict(zip(lists, values, strict=True)), path.name


def _listed(entry: object) -> list:
    return entry if isinstance(entry, list) else [entry]


def _as_typed(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value or "")


def _statements(name: str, where: str) -> list[str]:
    matching = [known for known in sorted(statement_ids()) if fnmatchcase(known, name)] if "*" in name else [name]
    if not matching:
        raise ParameterError(f'{where}: no statement in seeds/ has a name like "{name}".')
    return matching


def _from_csv(path: Path) -> Iterator[Asked]:
    try:
        rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), strict=True)
        header = [name.strip() for name in next(rows, [])]
        for row in filter(any, rows):
            where = f"{path.name}, line {rows.line_num}"
            if len(row) != len(header):
                raise ParameterError(f"{where} has {len(row)} entries, the header {len(header)}.")
            texts = {name: entry.strip() for name, entry in zip(header, row, strict=True) if entry.strip()}
            notebook = texts.pop("notebook", None)
            yield [notebook] if notebook else [], texts, where
    except OSError as error:
        raise ParameterError(f"--matrix {path}: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise ParameterError(f"--matrix {path}: it is not UTF-8 at byte {error.start}.") from None
    except csv.Error as error:
        raise ParameterError(f"{path.name}, line {rows.line_num} is no CSV: {error}.") from None


def _runs(
    names: Sequence[str],
    texts: Mapping[str, str],
    where: str,
    found: Mapping[str, Path],
    declared: Declared,
    statements: Sequence[str],
) -> Iterator[Run]:
    """One run for each of these notebooks, its values checked and typed."""
    chosen = [known_notebook(name, where, found) for name in names] or list(found)
    values = {"statement": statements[0], **texts}
    try:
        known_statement(values["statement"], statements)
        given = assign_parameters({name: declared[name] for name in chosen}, values)
    except ParameterError as error:
        raise ParameterError(f"{where}: {error}") from None
    folder = folder_name(values)
    yield from (Run(found[name], given[name], folder, values) for name in chosen)


def known_statement(name: str, found: Sequence[str]) -> str:
    """The name itself, if it is one of these of seeds/: a name, never a path, so nothing outside can be read.

    Raises
    ------
    ParameterError
        There is none; the message lists those there are.
    """
    if name in found:
        return name
    is_path = "/" in name or "\\" in name or name.startswith(".")
    what = f'"{name}" is a path; give the name of a statement in' if is_path else f'there is no "{name}" in'
    raise ParameterError(f"statement: {what} {seeds()}; it holds: {', '.join(found) or 'none'}.")


def known_notebook(name: str, where: str, found: Mapping[str, Path]) -> str:
    """The notebook of that name or of those two digits; ParameterError if there is none."""
    for other in found:
        if name in (other, other[:2]):
            return other
    raise ParameterError(f'{where}: there is no notebook "{name}"; there are: {", ".join(found)}.')


def folder_name(values: Mapping[str, object]) -> str:
    """A folder's name from a run's values: letters that every file system takes, no longer than most take, distinct.

    >>> folder_name({"statement": "../a b", "price_year": "2020"})
    'a-b-price_year-2020-0ec3bab5d1b0'
    """
    others = _plain("-".join(f"{name}-{value}" for name, value in values.items() if name != "statement"), LONGEST_NAME)
    statement = _plain(str(values["statement"]), 2 * LONGEST_NAME - len(others))
    checksum = hashlib.sha256(json.dumps(sorted(values.items())).encode()).hexdigest()
    return "-".join(word for word in (statement or "run", others, checksum[:12]) if word)


def _plain(words: str, longest: int) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "-", words).strip("-")[:longest].rstrip("-")
