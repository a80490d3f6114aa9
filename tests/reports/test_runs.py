"""Reruns by the thousand: what a matrix asks for, what is made of it, what a resumed run leaves alone, what goes wrong.

Small notebooks that note each of their executions; statements of which one cannot be read.
"""

import csv
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from auyl.cli import main
from auyl.project import home
from auyl.reports.manifest import Run
from auyl.reports.matrix import Matrix
from auyl.reports.parameters import declared_parameters
from auyl.reports.plan import folder_name, read_matrix, report_notebooks
from auyl.reports.run import run_notebook

NOTE = """import os
open(os.environ['AUYL_HOME'] + '/pids', 'a').write(f'{os.getpid()} ')
print(open(os.environ['AUYL_HOME'] + '/log', 'a').write(f'{NAME} {statement} {year}\\n') > 0)"""
# A notebook that finds the file `kill` ends the process that runs it: the parent of the server it was forked from.
# One that finds `edit` edits the statement it is about.
KILL = """if os.path.exists(os.environ['AUYL_HOME'] + '/kill'):
    os.unlink(os.environ['AUYL_HOME'] + '/kill')
    os.kill(int(open(f'/proc/{os.getppid()}/stat').read().split()[3]), 9)
if os.path.exists(os.environ['AUYL_HOME'] + '/edit'):
    os.unlink(os.environ['AUYL_HOME'] + '/edit')
    open(os.environ['AUYL_HOME'] + f'/seeds/{statement}.txt', 'a').write(' ')"""
NOTEBOOKS = {
    "01_years": ('statement: str = "x"  # which\nyear: int = 1\nshares: list = [0.5]', "year"),
    "02_alone": ('statement: str = "x"  # which', "0"),
    "03_ends": (
        'statement: str = "x"  # which\nyear: int = 1',
        "year\nwhile year == 7: pass\nif year == 8: os._exit(1)",
    ),
}
MATRIX = {"notebooks": ["01", "02_alone"], "parameters": {"statement": ["2025-*"], "year": [1, 2]}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    (folder / "data").symlink_to(home() / "data")
    for name in ("notebooks", "seeds"):
        (folder / name).mkdir()
    for name, (parameters, code) in NOTEBOOKS.items():
        cells = [
            nbformat.v4.new_markdown_cell(f"# About {name} & more"),
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(f"NAME = {name!r}\nyear = {code}" if code == "0" else f"NAME = {name!r}"),
            nbformat.v4.new_code_cell(f"{NOTE}\n{KILL}"),
            nbformat.v4.new_code_cell(
                "from IPython.display import Markdown\nMarkdown(f'In {year}: <b>{statement}</b>.')",
                metadata={"tags": ["headline"]},
            ),
        ]
        if name == "03_ends":
            cells.append(nbformat.v4.new_code_cell(code))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / f"{name}.ipynb")
    return folder


@pytest.fixture
def run(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs `report` with a matrix: a dictionary for YAML, text for CSV. Every test begins with the same project."""
    for name in ("log", "pids", "kill", "edit"):
        (project / name).unlink(missing_ok=True)
    for name in ("2025-01-01_one", "2025-01-02_two", "2025-01-03_broken", "2026-01-01_newest"):
        (project / "seeds" / f"{name}.txt").write_text("In 2024, 30 schools were built.", encoding="utf-8")
        passport = {"title": name, "publisher": "p", "published": name[:10], "language": "en"}
        (project / "seeds" / f"{name}.yml").write_text(yaml.safe_dump(passport), encoding="utf-8")
    (project / "seeds" / "2025-01-03_broken.yml").write_text("title: [", encoding="utf-8")
    monkeypatch.setenv("AUYL_HOME", str(project))
    monkeypatch.chdir(tmp_path)

    def invoke(matrix: dict | str, *arguments: str):
        file = Path("runs.csv" if isinstance(matrix, str) else "runs.yml")
        file.write_text(matrix if isinstance(matrix, str) else yaml.safe_dump(matrix), encoding="utf-8")
        return CliRunner().invoke(main, ["report", "--matrix", str(file), "--out", "out", *arguments])

    return invoke


def records(out: Path = Path("out")) -> list[dict]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def executions(project: Path) -> list[str]:
    """What has been executed since this was last asked."""
    log = project / "log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return sorted(lines)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Rows(HTMLParser):
    """The text of every row of a page's table, and its links."""

    def __init__(self, page: str):
        super().__init__()
        self.rows: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append("")
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data):
        if self.rows:
            self.rows[-1] += f"{data} "


def test_a_matrix_is_run_told_indexed_and_resumed(run, project):
    first = run(MATRIX)
    assert first.exit_code == 1  # the statement that cannot be read
    assert first.stdout == "8 of 12 reports: out/index.html\n"
    assert first.stderr.count("\n") == 4 and "2025-01-03_broken" in first.stderr and "Traceback" not in first.stderr
    # 02 does not know the year: it ran once for each statement, and stands in the folders of both years
    expected = [f"01_years {statement} {year}" for statement in ("2025-01-01_one", "2025-01-02_two") for year in (1, 2)]
    assert executions(project) == sorted([*expected, "02_alone 2025-01-01_one 0", "02_alone 2025-01-02_two 0"])
    told = records()
    assert len(told) == 12
    assert [record["status"] for record in told] == ["made"] * 8 + ["failed"] * 4
    for record in told[:8]:
        assert hashlib.sha256(Path("out", record["page"]).read_bytes()).hexdigest() == record["output"]
        assert record["seconds"] > 0 and record["error"] == ""
    assert told[0]["parameters"] == {"statement": "2025-01-01_one", "year": 1}  # a number, as the notebook declares it
    assert told[0]["answer"] == "In 1: <b>2025-01-01_one</b>."
    assert "cannot be read" in told[-1]["error"] and told[-1]["output"] is None
    assert len({record["inputs"] for record in told[:8]}) == 6

    index = Path("out/index.html").read_text(encoding="utf-8")
    shown = Rows(index)
    assert len(shown.rows) == 13 and "12 runs, 4 failed" in index
    assert shown.links[1:] == [record["page"] for record in told[:8]]
    assert "2025-01-01_one 1 made In 1: <b>2025-01-01_one</b>." in " ".join(shown.rows[1].split())
    assert "default-src 'none'" in index.replace("&#39;", "'") and "<b>2025" not in index and "seconds" not in index
    folder = Path("out", told[0]["page"]).parent
    assert {path.name for path in folder.glob("*.html")} == {"01_years.html", "02_alone.html", "index.html"}
    assert 'href="02_alone.html"' in (folder / "01_years.html").read_text(encoding="utf-8")

    before = files(Path("out"))
    again = run(MATRIX, "--resume")
    assert again.stdout == "8 of 12 reports, 8 of them kept from before: out/index.html\n"
    assert executions(project) == []
    assert files(Path("out")) == before

    # an edited page, one that is gone, one whose manifest line is half there, one without its notebook
    Path("out", told[0]["page"]).write_text("edited", encoding="utf-8")
    Path("out", told[2]["page"]).unlink()
    (Path("out", told[6]["page"]).parent / "notebooks" / "01_years.ipynb").unlink()
    lines = Path("out/manifest.jsonl").read_text(encoding="utf-8").splitlines()
    Path("out/manifest.jsonl").write_text("\n".join([*lines[:4], *lines[5:], lines[4][:80]]), encoding="utf-8")
    assert run(MATRIX, "--resume").stdout == "8 of 12 reports, 4 of them kept from before: out/index.html\n"
    assert len(executions(project)) == 4
    after = files(Path("out"))
    assert {name for name in before if before[name] != after.get(name)} <= {"manifest.jsonl"}

    text = project / "seeds" / "2025-01-02_two.txt"
    text.write_text("In 2024, 31 schools were built.", encoding="utf-8")
    run(MATRIX, "--resume")
    assert {line.split()[1] for line in executions(project)} == {"2025-01-02_two"}


def test_each_line_of_a_csv_file_is_a_run_and_a_kernel_that_ends_stops_no_other(run, project):
    text = "notebook,statement,year\n03,2025-01-01_one,7\n03_ends,,8\n\n01,2025-01-01_one,\n01,2025-01-01_one,\n"
    result = run(text, "--timeout", "1", "--jobs", "3")
    assert result.exit_code == 1
    assert result.stdout == "1 of 3 reports: out/index.html\n"  # a line that stands twice is run once
    loops, dies, default = records()
    assert loops["error"].startswith("This cell ran longer than 1 seconds")
    assert dies["error"].startswith("Python itself died")
    assert dies["parameters"] == {"statement": "2026-01-01_newest", "year": 8}
    assert default["status"] == "made" and default["parameters"] == {"statement": "2025-01-01_one"}
    assert "This report failed." in Path("out", loops["page"]).read_text(encoding="utf-8")
    executions(project)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ({"notebooks": ["09"]}, 'runs.yml: there is no notebook "09"; there are: 01_years, 02_alone, 03_ends.'),
        ({"parameters": {"yaer": [1]}}, 'runs.yml: no notebook has a parameter "yaer"; known are: shares, statem'),
        ({"notebooks": ["02"], "parameters": {"year": [1]}}, 'notebook 02_alone has no parameter "year"; known are: s'),
        ({"parameters": {"year": [1, "soon"]}}, 'runs.yml: year: "soon" is not a whole number (default 1).'),
        ({"parameters": {"shares": [[0.5, "half"]]}}, 'shares: "half" is not a number in each place (default [0.5]).'),
        (
            {"parameters": {"year": {"from": 1}}},
            "runs.yml: the values of year are no list: write `year: [one, another]",
        ),
        (
            {"parameters": {"statement": ["no_such"]}},
            'runs.yml: statement: there is no "no_such" in ',
        ),
        (
            {"parameters": {"statement": ["../x"]}},
            'runs.yml: statement: "../x" is a path; give the name of a statement',
        ),
        ({"parameters": {"statement": ["19*"]}}, 'runs.yml: no statement in seeds/ has a name like "19*".'),
        ({"parameters": {"year": []}}, "runs.yml asks for no run"),
        ({}, "runs.yml asks for no run"),
        ({"runs": []}, 'runs.yml has "runs": a matrix has `notebooks` and `parameters` alone.'),
        ("statement,year\n", "runs.csv asks for no run"),
        ("", "runs.csv asks for no run"),
        ("statement,year\n2025-01-01_one\n", "runs.csv, line 2 has 1 entries, the header 2."),
        ('statement,year\n"2025-01-01_one,1\n', "runs.csv, line 2 is no CSV: "),
        ("statement,year\n2025-01-01_one,soon\n", 'runs.csv, line 2: year: "soon" is not a whole number (default 1).'),
    ],
)
def test_a_matrix_that_cannot_be_is_one_line_before_anything_runs(run, project, matrix, message):
    result = run(matrix)
    assert result.exit_code == 2
    assert message in result.stderr and result.stderr.count("\n") == 1
    assert not Path("out").exists() and executions(project) == []


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("a: [", ["--matrix", "m.yml"], "--matrix m.yml: while parsing a flow node"),
        ("- a", ["--matrix", "m.yml"], "m.yml is no matrix: write `notebooks: [01, 02]`"),
        ("\udcff", ["--matrix", "m.yml"], "--matrix m.yml: it is not UTF-8 at byte 0."),
        ("[" * 3000, ["--matrix", "m.yml"], "--matrix m.yml: line 1 is nested more than 20 deep."),
        ("parameters: {year: &a [1], other: *a}", ["--matrix", "m.yml"], "line 1 refers to another place"),
        (
            "parameters: {" + ", ".join(f"{name}: [{'1, ' * 20}1]" for name in "abcdef") + "}",
            ["--matrix", "m.yml"],
            "m.yml asks for 85,766,121 runs of each notebook: there may be 1,000,000.",
        ),
        ("", ["--matrix", "m.txt"], 'the ending ".txt" is not one of .yml, .yaml, .csv.'),
        ("", ["--matrix", "missing.yml"], "--matrix missing.yml: No such file or directory."),
        ("a: 1", ["--matrix", "m.yml", "-p", "year=1"], "--matrix names statements, parameters and notebooks itself"),
        ("", ["--resume"], "--resume and --dask go with --matrix"),
    ],
)
def test_a_file_that_is_no_matrix_is_one_line(run, content, arguments, message):
    for name in ("m.yml", "m.txt"):
        Path(name).write_bytes(content.encode("utf-8", "surrogateescape"))
    result = CliRunner().invoke(main, ["report", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr and result.stderr.count("\n") == 1


def test_pages_of_a_statement_that_was_edited_meanwhile_are_not_said_to_be_made(run, project):
    (project / "edit").touch()
    matrix = {"notebooks": ["01", "02"], "parameters": {"statement": ["2025-01-01_one"]}}
    result = run(matrix, "--jobs", "1")
    assert result.exit_code == 1 and result.stdout == "0 of 2 reports: out/index.html\n"
    said = "The statement 2025-01-01_one was edited while reports were made of it: run it again with --resume."
    assert {(record["status"], record["error"]) for record in records()} == {("failed", said)}
    assert run(matrix, "--resume").stdout == "2 of 2 reports: out/index.html\n"
    (project / "edit").touch()
    alone = CliRunner().invoke(main, ["report", "--statement", "2025-01-01_one", "--only", "01", "--out", "alone"])
    assert alone.exit_code == 2 and "was edited while reports were made of it: run it again.\n" in alone.stderr


def test_the_front_page_leads_to_the_reports_of_other_statements_below_it(run, project):
    run({})  # a fresh project
    (project / "seeds" / "2025-01-03_broken.txt").unlink()
    for name in ("2025-01-01_one", "2026-01-01_newest"):
        out = "out/2025-01-01_one" if name != "2026-01-01_newest" else "out"
        assert CliRunner().invoke(main, ["report", name, "--only", "02", "--out", out]).exit_code == 0
    assert "2025-01-01_one/index.html" in Rows(Path("out/index.html").read_text(encoding="utf-8")).links
    assert not [link for link in Rows(Path("out/2025-01-01_one/index.html").read_text("utf-8")).links if "/" in link]


A_YEAR = {"notebooks": ["01"], "parameters": {"statement": ["2025-*"], "year": [1]}}
ONE = {"notebooks": ["02"], "parameters": {"statement": ["2025-01-01_one", "2025-01-02_two"]}}


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """For temporary files; paths of sockets must be short."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


def start(project: Path, folder: Path, temporary: Path, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "auyl", "report", "--matrix", "many.csv", "--out", "out", *arguments]
    environment = os.environ | {"AUYL_HOME": str(project), "TMPDIR": str(temporary)}
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come to that within a minute"
        time.sleep(0.02)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def wait_for_lines(folder: Path, lines: int) -> None:
    wait_until(lambda: len(lines_of(folder / "out" / "manifest.jsonl")) >= lines)


def is_alive(pid: str) -> bool:
    """A process that ended and that nobody has waited for yet counts as ended."""
    state = subprocess.run([shutil.which("ps"), "-o", "stat=", "-p", pid], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")


def write_runs(years: int, *more: tuple[str, int]) -> None:
    """many.csv: the notebook 01 for so many years, then other runs; 03 with the year 7 never ends."""
    with open("many.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["notebook", "year"], *(["01", year] for year in range(years)), *more])


def test_ctrl_c_and_a_killed_process_leave_whole_files_and_a_resumed_run_completes(run, project, short_folder):
    folder = Path.cwd()
    for number, code, years in ((signal.SIGINT, 130, 2), (signal.SIGKILL, -signal.SIGKILL, 4)):
        write_runs(years, ("03", 7))
        with start(project, folder, short_folder, "--resume", "--jobs", "1") as process:
            wait_for_lines(folder, years)
            wait_until(lambda: any("03_ends" in line for line in lines_of(project / "log")))  # it loops now
            process.send_signal(number)
            assert process.wait(30) == code
            told = process.stderr.read()
        if number == signal.SIGINT:
            assert told.strip().splitlines()[-1] == "auyl: stopped; every report that is written is whole."
            assert "Traceback" not in told
        kernels = (project / "pids").read_text(encoding="utf-8").split()
        wait_until(lambda: not any(short_folder.iterdir()))  # neither files nor kernels stay
        wait_until(lambda: not any(map(is_alive, kernels)))  # noqa: B023
        assert len(records()) == years
        for record in records():
            assert hashlib.sha256(Path("out", record["page"]).read_bytes()).hexdigest() == record["output"]
        assert len(executions(project)) == 3  # the two years that were new, and the one that never ends
    write_runs(5)
    result = CliRunner().invoke(main, ["report", "--matrix", "many.csv", "--out", "out", "--resume"])
    assert result.stdout == "5 of 5 reports, 4 of them kept from before: out/index.html\n", result.stderr
    assert len(records()) == 5 and len(executions(project)) == 1
    assert not list(Path("out").rglob(".*"))


def test_what_a_cell_started_in_a_session_of_its_own_ends_with_its_kernel(run, project):
    code = "import subprocess\nprint(subprocess.Popen(['sleep', '600'], start_new_session=True).pid)"
    cells = [nbformat.v4.new_code_cell(code), nbformat.v4.new_code_cell("print(subprocess.os.getppid())")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), "cells.ipynb")
    done = run_notebook(Path("cells.ipynb"), {}, 60)
    pid = done.cells[0].outputs[0].text.strip()
    wait_until(lambda: not is_alive(pid))


def test_the_runs_of_a_cluster_are_those_of_one_machine_and_a_worker_that_dies_loses_none(run, project):
    distributed = pytest.importorskip("distributed", reason="needs distributed: pip install distributed")
    local = run(A_YEAR)
    shutil.move("out", "local")
    (project / "kill").touch()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        result = run(A_YEAR, "--dask", cluster.scheduler_address)
    assert not (project / "kill").exists()  # a worker died
    assert result.stdout == local.stdout, result.stderr
    plain = [[record | {"seconds": 0} for record in records(Path(name))] for name in ("local", "out")]
    assert plain[0] == plain[1]
    pages = [
        {name: text for name, text in files(Path(of)).items() if "manifest" not in name} for of in ("local", "out")
    ]
    assert pages[0] == pages[1]
    executions(project)
    assert run(MATRIX, "--dask", "nonsense://nowhere").exit_code == 2


def test_a_folder_or_disk_that_takes_no_file_is_one_line_and_earlier_reports_stand(run, project):
    Path("file").touch()
    result = run(ONE, "--out", "file/reports")
    assert result.exit_code == 2 and "The folder file/reports cannot be made: Not a directory" in result.stderr
    assert executions(project) == []
    assert run(ONE).exit_code == 0
    before = files(Path("out"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # every file ends at 1,000 bytes, as on a full disk
    try:
        result = run(ONE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code == 2
    assert re.search(r"02_alone\.\w+ cannot be written: File too large", result.stderr) and "Trace" not in result.stderr
    assert files(Path("out")) == before
    executions(project)


@given(st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=300), max_size=4), st.text(max_size=300))
def test_a_folder_name_is_safe_short_and_its_own(others, statement):
    name = folder_name({**others, "statement": statement})
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", name) and len(name) <= 134
    assert name != folder_name({**others, "statement": statement + "!"})


def test_a_long_name_of_a_statement_leaves_the_parameters_in_the_folder_s_name():
    name = folder_name({"statement": "2025-08-28_" + "x" * 200, "price_year": "2020"})
    assert name.startswith("2025-08-28_xxx") and "-price_year-2020-" in name


def planned(project: Path, years: int) -> list[Run]:
    """A run of every notebook for each of so many years."""
    file = project / "many.yml"
    file.write_text("parameters: {year: [" + ", ".join(map(str, range(years))) + "]}", encoding="utf-8")
    found = report_notebooks()
    declared = {name: declared_parameters(nbformat.read(path, as_version=4)) for name, path in found.items()}
    return read_matrix(file, found, declared)


def test_thousands_of_runs_are_planned_at_once(project, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(project))
    runs = planned(project, 2000)
    assert len({run.page for run in runs}) == len(runs) == 6000


def test_an_index_too_long_for_a_browser_is_cut_into_pages_that_lead_to_each_other(project, tmp_path, monkeypatch):
    monkeypatch.setenv("AUYL_HOME", str(project))
    monkeypatch.setattr("auyl.reports.matrix.ROWS", 4)
    matrix = Matrix(planned(project, 3), tmp_path, resume=False)  # 9 runs
    for run in matrix.runs:
        matrix.add(run, "It failed.", 0.0)
    matrix.end()
    pages = [
        Rows((tmp_path / name).read_text(encoding="utf-8")) for name in ("index.html", "index-2.html", "index-3.html")
    ]
    assert [len(page.rows) - 1 for page in pages] == [4, 4, 1]
    assert pages[1].links[1:] == ["index.html", "index-3.html"]
    assert len(records(tmp_path)) == 9
