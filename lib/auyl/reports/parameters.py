"""The notebooks' parameters: which there are, and whether a value fits, known before any kernel starts.

papermill only logs a misspelt parameter and checks no type, so a run would finish and answer another question.
A notebook declares its parameters in the cell tagged `parameters`, one line each: `name: type = value  # help`.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from auyl.errors import ParameterError
from auyl.project import seeds
from auyl.statement import statement_ids


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: its name, its type's name, its default and the comment that explains it."""

    name: str
    type: str
    default: Any
    help: str


def declared_parameters(notebook: Mapping) -> dict[str, Parameter]:
    """The parameters in the notebook's `parameters` cell, by name, in their order; empty without such a cell."""
    cells = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    if not cells:
        return {}
    source = "".join(cells[0]["source"])
    declared = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and (value := node.value):
            name, annotation = ast.unparse(node.target), ast.unparse(node.annotation)
        elif isinstance(node, ast.Assign):
            value, name, annotation = node.value, ast.unparse(node.targets[0]), ""
        else:
            continue
        try:
            default = ast.literal_eval(value)
        except ValueError:
            raise ParameterError(f"{name}: a parameter's default is a plain value, not {ast.unparse(value)}.") from None
        declared[name] = Parameter(name, annotation or type(default).__name__, default, _comment_after(source, node))
    return declared


def _comment_after(source: str, node: ast.stmt) -> str:
    line = source.splitlines()[(node.end_lineno or 0) - 1].encode()  # ast counts bytes, not characters
    return line[node.end_col_offset :].decode().strip().removeprefix("#").strip()


def read_value(parameter: Parameter, text: str) -> object:
    """The text of `-p name=text` as the type the notebook declares; a string stays as it was typed.

    Raises
    ------
    ParameterError
        The text does not fit the type, or a number lies below zero where the default does not: these numbers are
        counts, sums of money and years.
    """
    from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError

    is_list = parameter.type.startswith("list")
    kind = _kind_of_items(parameter) if is_list else parameter.type
    known = {"int": (int, "a whole number"), "float": (FiniteFloat, "a number"), "bool": (bool, "true or false")}
    wanted: Any
    wanted, words = known.get(kind, (str, "text"))
    if kind in ("int", "float") and not _has_negative(parameter.default):
        wanted = Annotated[wanted, Field(ge=0)]
    value: object = text
    if is_list:
        value = [item.strip(" \"'") for item in text.strip(" []").split(",") if item.strip()]
        wanted, words = list[wanted], f"{words} in each place"
    try:
        return TypeAdapter(wanted).validate_python(value)
    except ValidationError as error:
        problem = error.errors()[0]
    if problem["type"] == "greater_than_equal":
        raise ParameterError(f"{parameter.name}={text}: this parameter cannot be negative.")
    raise ParameterError(f'{parameter.name}: "{problem["input"]}" is not {words} (default {parameter.default}).')


def _kind_of_items(parameter: Parameter) -> str:
    if "[" in parameter.type:
        return parameter.type.partition("[")[2].removesuffix("]")
    kinds = {type(item).__name__ for item in parameter.default or []}
    return "float" if kinds == {"int", "float"} else min(kinds, default="str")


def _has_negative(value: Any) -> bool:
    numbers = value if isinstance(value, list) else [value]
    return any(isinstance(number, int | float) and number < 0 for number in numbers)


def assign_parameters(
    declared: Mapping[str, Mapping[str, Parameter]], assignments: Sequence[str]
) -> dict[str, dict[str, object]]:
    """The values each notebook gets from the assignments (`name=value`), typed by its own declaration.

    Parameters
    ----------
    declared
        The declared parameters of each notebook, by the notebook's name.
    assignments
        As typed after `-p`; the last one of a name counts. A parameter goes to every notebook that declares it.

    Raises
    ------
    ParameterError
        No notebook declares the name, or the value does not fit.
    """
    values: dict[str, dict[str, object]] = {notebook: {} for notebook in declared}
    known = sorted({name for parameters in declared.values() for name in parameters})
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ParameterError(f'"{assignment}": write a parameter as name=value.')
        if name not in known:
            raise ParameterError(f'No notebook has a parameter "{name}"; they have: {", ".join(known)}.')
        for notebook, parameters in declared.items():
            if name in parameters:
                values[notebook][name] = read_value(parameters[name], text)
    return values


def known_statement(name: str) -> str:
    """The name itself, if seeds/ holds such a statement: a name, never a path, so nothing outside can be read.

    Raises
    ------
    ParameterError
        There is none; the message lists those there are.
    """
    found = statement_ids()
    if name in found:
        return name
    is_path = "/" in name or "\\" in name or name.startswith(".")
    what = f'"{name}" is a path; give the name of a statement in' if is_path else f'there is no "{name}" in'
    raise ParameterError(f"statement: {what} {seeds()}; it holds: {', '.join(found) or 'none'}.")
