"""The notebooks' parameters: which there are, and whether a value fits, known before any kernel starts.

papermill only logs a misspelt parameter and checks no type, so a run would finish and answer another question.
A notebook declares its parameters in the cell tagged `parameters`, one line each: `name: type = value  # help`.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from auyl.errors import ParameterError

YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: its name, its type's name, its default and the comment that explains it."""

    name: str
    type: str
    default: Any
    help: str

    @property
    def is_list(self) -> bool:
        return self.type.startswith("list")

    @property
    def kind(self) -> str:
        """The type of the value, or of each in a list: as declared, else as in the default."""
        if not self.is_list:
            return self.type
        kinds = {type(item).__name__ for item in self.default or []}
        declared = self.type.partition("[")[2].removesuffix("]")
        return declared or ("float" if kinds == {"int", "float"} else min(kinds, default="str"))

    @property
    def is_year(self) -> bool:
        """Whether it takes a year, or 0 for none."""
        return self.name.endswith("year") and self.type == "int" and self.default in YEARS

    @property
    def can_be_negative(self) -> bool:
        """Counts, sums of money and years cannot be, unless the default is."""
        return any(item < 0 for item in (self.default if self.is_list else [self.default]))


Declared = Mapping[str, Mapping[str, Parameter]]  # by notebook and name


def declared_parameters(notebook: Mapping) -> dict[str, Parameter]:
    """The parameters in the notebook's `parameters` cell, by name, in their order; empty without such a cell."""
    cells = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    source = "".join(cells[0]["source"]) if cells else ""
    declared = {}
    for node in ast.parse(source).body:
        if not isinstance(node, ast.AnnAssign | ast.Assign) or node.value is None:
            continue
        name = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        try:
            default = ast.literal_eval(node.value)
        except ValueError:
            told = f"{name}: a parameter's default is a plain value, not {ast.unparse(node.value)}."
            raise ParameterError(told) from None
        kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else type(default).__name__
        line = source.splitlines()[(node.end_lineno or 0) - 1].encode()  # ast counts bytes, not characters
        comment = line[node.end_col_offset :].decode().strip().removeprefix("#").strip()
        declared[name] = Parameter(name, kind, default, comment)
    return declared


def read_value(parameter: Parameter, text: str) -> object:
    """The text of `-p name=text` as the type the notebook declares; a string stays as it was typed.

    Raises
    ------
    ParameterError
        The text does not fit the type, or a number lies below zero where the default does not.
    """
    from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError

    known = {"int": (int, "a whole number"), "float": (FiniteFloat, "a number"), "bool": (bool, "true or false")}
    wanted: Any
    wanted, words = known.get(parameter.kind, (str, "text"))
    if parameter.kind in ("int", "float") and not parameter.can_be_negative:
        wanted = Annotated[wanted, Field(ge=0)]
    value: object = text
    if parameter.is_list:
        value = [item.strip(" \"'") for item in text.strip(" []").split(",") if item.strip()]
        wanted, words = list[wanted], f"{words} in each place"
    try:
        read = TypeAdapter(wanted).validate_python(value)
        if not parameter.is_year or read in (0, *YEARS):
            return read
        raise ParameterError(f"{parameter.name}={text}: this is no year (default {parameter.default}).")
    except ValidationError as error:
        problem = error.errors()[0]
    if problem["type"] == "greater_than_equal":
        raise ParameterError(f"{parameter.name}={text}: this parameter cannot be negative.")
    raise ParameterError(f'{parameter.name}: "{problem["input"]}" is not {words} (default {parameter.default}).')


def assign_parameters(declared: Declared, texts: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """The values each notebook gets: of those typed by a user, the ones that it declares, of the type it declares.

    A `statement` may be of no notebook: the page tells of it all the same.

    Raises
    ------
    ParameterError
        No notebook declares the name, or the value does not fit.
    """
    known = sorted({name for parameters in declared.values() for name in parameters})
    if unknown := sorted(texts.keys() - {*known, "statement"}):
        has = (
            f"notebook {next(iter(declared))} has no parameter" if len(declared) == 1 else "no notebook has a parameter"
        )
        raise ParameterError(f'{has} "{unknown[0]}"; known are: {", ".join(known) or "none"}.')
    return {
        notebook: {name: read_value(parameters[name], text) for name, text in texts.items() if name in parameters}
        for notebook, parameters in declared.items()
    }
