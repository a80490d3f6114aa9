"""The committed notebooks: each holds the outputs of one clean run, and says which parameters it takes."""

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from papermill.cli import papermill

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
REPORTS = [path for path in NOTEBOOKS if re.match(r"\d\d_", path.name)]  # explore.ipynb is for JupyterLab only
PARAMETER = re.compile(
    r"(?P<name>[a-z_]\w*): (?P<type>str|int|float|bool|list|dict) = (?P<value>.+?) +# (?P<help>\S.*)"
)

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_report = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def code_cells(path: Path) -> list[dict[str, Any]]:
    """The cells that a run executes: an empty one gets no count."""
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]


def parameter_lines(path: Path) -> list[str]:
    """The lines of the notebook's one cell of parameters."""
    cells = [cell for cell in code_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(cells) == 1, f"{path.name}: papermill needs exactly one cell tagged parameters, there are {len(cells)}"
    return "".join(cells[0]["source"]).splitlines()


def test_there_are_notebooks_to_check() -> None:
    assert REPORTS, "notebooks/ holds no report notebook: every other check of them would pass by checking nothing"


@every_notebook
def test_executed_in_order_from_a_fresh_kernel(path: Path) -> None:
    # nbval compares nothing where the count is null, so stripped outputs would switch it off unnoticed.
    counts = [cell["execution_count"] for cell in code_cells(path)]
    assert counts == list(range(1, len(counts) + 1)), f"{path.name}: restart the kernel, run all cells, save"


@every_notebook
def test_no_cell_failed_or_complained(path: Path) -> None:
    for cell in code_cells(path):
        for output in cell["outputs"]:
            assert output["output_type"] != "error", f"{path.name}: {output.get('ename')}: {output.get('evalue')}"
            assert output.get("name") != "stderr", f"{path.name} prints a warning: {''.join(output['text'])}"


@every_notebook
def test_no_output_points_to_a_widget_of_the_kernel_that_is_gone(path: Path) -> None:
    # JupyterLab would show an error where the words beside it say what to do.
    for cell in code_cells(path):
        for output in cell["outputs"]:
            kinds = set(output.get("data", {}))
            assert "application/vnd.jupyter.widget-view+json" not in kinds, f"{path.name}: delete this entry of outputs"


@every_notebook
def test_says_nothing_of_when_or_where_it_ran(path: Path) -> None:
    # Times and folders would differ in every run and fill the history with changes that change nothing.
    notebook = read(path)
    assert "papermill" not in notebook["metadata"], f"{path.name} is papermill's copy: those belong in reports/"
    for cell in notebook["cells"]:
        assert not {"execution", "papermill", "ExecuteTime"} & cell["metadata"].keys(), f"{path.name} holds run times"
    assert str(Path(__file__).parents[2]) + "/" not in path.read_text(encoding="utf-8")


@every_notebook
def test_is_a_valid_notebook_that_papermill_can_run(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    metadata = read(path)["metadata"]
    assert metadata["kernelspec"]["name"] == "python3", "the kernel that every Python environment has"
    assert metadata["kernelspec"]["language"] == "python"
    assert metadata["language_info"]["name"] == "python"
    identifiers = [cell["id"] for cell in read(path)["cells"]]
    assert len(set(identifiers)) == len(identifiers)


@every_report
def test_parameters_are_typed_and_explained(path: Path) -> None:
    for line in parameter_lines(path):
        assert PARAMETER.fullmatch(line), f"{path.name}: not `name: type = value  # help`: {line}"


@every_report
def test_papermill_prints_every_parameter_with_its_help(path: Path) -> None:
    printed = CliRunner().invoke(papermill, ["--help-notebook", str(path)], catch_exceptions=False)
    assert printed.exit_code == 0
    for line in parameter_lines(path):
        parameter = PARAMETER.fullmatch(line)
        assert parameter, line
        assert re.search(rf"^ +{parameter['name']}: {parameter['type']} ", printed.output, re.MULTILINE), printed.output
        assert " ".join(parameter["help"].split()) in " ".join(printed.output.split())
