"""Many texts: any mixture of files becomes one table, what cannot be read is told and skipped, nothing is half done."""

import csv
import datetime
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import types
from concurrent.futures import Future
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner

import auyl
from auyl import workers
from auyl.cli import main
from auyl.errors import AuylError
from auyl.intake import corpus, table_file
from auyl.intake.corpus import Given

SEED = "2025-08-28_regional_development_concept"
SCHOOLS = (
    "In 2024, 12 schools were built in the villages of the region, and it is planned to build 30 schools more by 2027."
)
RUSSIAN = "В 2024 году в сёлах построили 12 новых школ, а до 2027 года планируется построить ещё 30 таких школ."
PASSPORT = "title: A\npublisher: B\npublished: 2025-03-01\nlanguage: en\n"


def figures(*arguments: object):
    return CliRunner().invoke(main, ["figures", *map(str, arguments)])


def write_rows(path: Path, rows: list[dict]) -> Path:
    """The rows as a .jsonl, .csv or .parquet file."""
    match path.suffix:
        case ".jsonl":
            path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows), encoding="utf-8")
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)
        case ".parquet":
            parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_one_statement_gives_the_table_of_the_library_dtypes_and_all(tmp_path):
    out = tmp_path / "figures.parquet"
    assert figures(SEED, "--out", out).exit_code == 0
    pd.testing.assert_frame_equal(pd.read_parquet(out), auyl.figures(auyl.read_statement(SEED)))


def test_no_figures_are_a_table_without_rows(tmp_path):
    (tmp_path / "none.txt").write_text("Nothing was counted in the villages of the region.", encoding="utf-8")
    out = tmp_path / "figures.parquet"
    assert figures(tmp_path / "none.txt", "--published", "2025-03-01", "--out", out).exit_code == 0
    table, empty = pd.read_parquet(out), auyl.figures(auyl.Statement("", date="2025-03-01"))
    assert table.empty
    # Parquet keeps the categories of rows alone, so a table without rows has none
    pd.testing.assert_frame_equal(table, empty, check_categorical=False)


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_the_rows_of_a_file_are_read_with_what_they_say_of_themselves(tmp_path, ending):
    rows = [
        {"id": "one", "words": SCHOOLS, "published": datetime.date(2025, 3, 1), "language": "en", "more": 1},
        {"id": None, "words": RUSSIAN, "published": None, "language": None, "more": 2},
    ]
    source = write_rows(tmp_path / f"news{ending}", rows)
    out = tmp_path / "figures.parquet"
    assert figures(source, "--text-column", "words", "--published", "2025-04-01", "--out", out).exit_code == 0
    table = auyl.check(pd.read_parquet(out))
    assert table["source_id"].tolist() == ["one", "one", "news:2", "news:2"]
    assert table["value"].tolist() == [12, 30, 12, 30]
    assert table["unit"].tolist() == ["school"] * 4


def test_a_folder_is_read_with_all_that_lies_in_it(tmp_path):
    folder = tmp_path / "texts"
    (folder / "older").mkdir(parents=True)
    (folder / "a.txt").write_text(SCHOOLS, encoding="utf-8")
    (folder / "a.yml").write_text(PASSPORT, encoding="utf-8")
    (folder / "older" / "b.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (folder / "a.corrections.csv").write_text("start,quote,column,value,why\n", encoding="utf-8")
    (folder / "notes.md").write_text("no text of ours", encoding="utf-8")
    (folder / ".hidden.txt").write_text("no text of ours", encoding="utf-8")
    write_rows(folder / "c.jsonl", [{"text": SCHOOLS}])
    out = folder / "figures.csv"
    for _ in range(2):  # the output lies in the folder and is no text of the second run
        assert figures(folder, "--published", "2025-03-01", "--out", out).exit_code == 0
        assert pd.read_csv(out)["source_id"].unique().tolist() == ["a", "c:1", "b"]


GOOD = {"id": "good", "text": SCHOOLS, "date": "2025-03-01", "language": "en"}
BAD = [
    ("no JSON", "it is no JSON: "),
    ("[1, 2]", "it is no JSON object but '[1, 2]'"),
    ("[" * 100_000, "it is no JSON"),
    (b'{"text": "\xff"}', "it is no JSON: 'utf-8' codec can't decode byte"),
    ({"id": "x", "words": SCHOOLS}, "there is no text in 'text'; what it has: id, words"),
    ({"text": 12}, "'text' is no text but '12'"),
    ({"text": " \n "}, "it is empty"),
    ({"text": "12 schools \udcff"}, "character 11 is no Unicode"),
    ({"date": None}, "it has no date; give --published"),
    ({"date": "spring"}, "the date 'spring' is no day: write it as 2025-08-28"),
    ({"date": 2025}, "the date 2025 is no day"),
    ({"language": "fr"}, "language: 'fr' has no vocabulary"),
    ({"language": ["en"]}, "has no vocabulary"),
    ({"language": None, "text": "64%"}, "language: the text does not show which it is"),
    ({"id": "good"}, "its id is another text's too"),
    ({"id": "=cmd|' /C calc'!A0"}, "give it one that no spreadsheet takes for a formula"),
    ({"id": "a\nb"}, "give it one"),
    ({"text": "12 schools. " * 1_700_000}, "it has 20,400,000 characters; a statement has at most 20,000,000"),
]


def test_what_cannot_be_read_is_told_and_skipped_and_the_rest_is_read(tmp_path):
    source, out = tmp_path / "news.jsonl", tmp_path / "figures.csv"
    with source.open("wb") as file:
        for number, (row, _) in enumerate(BAD):
            whole = GOOD | {"id": f"bad {number}"} | row if isinstance(row, dict) and "words" not in row else row
            line = json.dumps(whole) if isinstance(whole, dict) else whole
            file.write((json.dumps(GOOD).encode() + b"\n") * (number == 0))
            file.write((line if isinstance(line, bytes) else line.encode()) + b"\n")
        file.write(json.dumps(GOOD | {"id": "last"}).encode() + b"\n")
    result = figures(source, "--out", out)
    assert result.exit_code == 1
    assert pd.read_csv(out)["source_id"].tolist() == ["good", "good", "last", "last"]
    assert f"4 figures of 2 texts, {len(BAD)} skipped" in result.stdout
    told = result.stderr.splitlines()
    kept = [json.loads(line) for line in (tmp_path / "figures.skipped.jsonl").read_text("utf-8").splitlines()]
    assert len(told) == len(kept) == len(BAD)
    for number, (_, reason) in enumerate(BAD):
        assert reason in kept[number]["reason"]
        assert "row" in kept[number]["source"] or "good" in kept[number]["source"]
        assert told[number].startswith("skipped: ") and len(told[number]) < 500
    source.write_text(json.dumps(GOOD), encoding="utf-8")
    assert figures(source, "--out", out).exit_code == 0
    assert not (tmp_path / "figures.skipped.jsonl").exists()  # a list of what is skipped no more would mislead


def test_files_that_cannot_be_read_are_told_and_skipped(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(SCHOOLS, encoding="utf-8")
    (folder / "b.parquet").write_bytes(b"PAR1 this is none")
    write_rows(folder / "c.parquet", [{"words": SCHOOLS}])
    (folder / "d.csv").write_bytes(b"text\n12 schools \xff\n12 schools\n")
    (folder / "e.txt").write_bytes(b"%PDF-1.7")
    (folder / "f.txt").write_text(SCHOOLS, encoding="utf-8")
    (folder / "f.yml").write_text(PASSPORT + "sha256: 00\n", encoding="utf-8")
    (folder / "g.txt").symlink_to(folder / "gone.txt")
    out = tmp_path / "figures.csv"
    result = figures(folder, "--published", "2025-03-01", "--language", "en", "--out", out)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    said = [
        "it has no column 'text', but words; give --text-column",
        "row 1: character 11 is no Unicode",
        "e.txt is a PDF",
        "f.txt is not the text its passport describes",
        "g.txt: No such file or directory",
    ]
    assert len(lines) == len(said) + 1
    assert all(any(words in line for line in lines) for words in said)
    assert set(pd.read_csv(out)["source_id"]) == {"a", "d:2"}


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    source = write_rows(tmp_path / "news.jsonl", [GOOD])
    out = tmp_path / "figures.csv"
    assert figures(source, tmp_path / "." / "news.jsonl", tmp_path, "--out", out).exit_code == 0
    assert len(pd.read_csv(out)) == 2


@pytest.mark.parametrize("name", ["news.csv", "news.skipped.jsonl"])
def test_the_texts_themselves_are_never_overwritten(tmp_path, name):
    source = write_rows(tmp_path / name, [GOOD])
    before = source.read_bytes()
    result = figures(source, "--out", tmp_path / "news.csv")
    assert result.exit_code == 2 and "would overwrite it" in result.stderr
    assert source.read_bytes() == before


def test_many_failures_are_told_in_short(tmp_path):
    source = write_rows(tmp_path / "news.jsonl", [GOOD] * 60)
    result = figures(source, "--out", tmp_path / "figures.csv")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "skipped: 39 more"
    assert len(result.stderr.splitlines()) == 21
    assert len((tmp_path / "figures.skipped.jsonl").read_text("utf-8").splitlines()) == 59


def test_where_nothing_can_be_read_the_earlier_output_stays(tmp_path):
    source = write_rows(tmp_path / "news.jsonl", [{"text": ""}])
    out = tmp_path / "figures.csv"
    out.write_text("earlier", encoding="utf-8")
    result = figures(source, "--out", out)
    assert result.exit_code == 2
    assert result.stderr.endswith("auyl: no text could be read, for the reasons above\n")
    assert out.read_text(encoding="utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.csv", "news.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no/such.jsonl"], "no/such.jsonl: there is no such file or folder"),
        (["such.csv"], "such.csv: there is no such file or folder"),
        (["{empty}"], "there is no file in this folder that ends in .txt, .jsonl, .csv, .parquet"),
        (["{empty}/../a.docx"], "only files that end in .txt, .jsonl, .csv, .parquet can be read"),
        ([SEED, "--language", "fr"], "language: 'fr' has no vocabulary"),
        ([SEED, "--published", "soon"], "the date 'soon' is no day"),
        ([SEED, "--out", "{empty}"], 'the ending "" is not one of .csv, .parquet.'),
        ([SEED, "--out", "{empty}/no/figures.csv"], "there is no folder"),
    ],
)
def test_a_wrong_argument_is_one_line_and_nothing_is_read(tmp_path, arguments, says):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.docx").write_bytes(b"PK")
    result = figures(*(argument.replace("{empty}", str(tmp_path / "empty")) for argument in arguments))
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_processes_side_by_side_write_what_one_writes(tmp_path, monkeypatch, ending):
    monkeypatch.setattr(corpus, "LETTERS", 300)
    rows = [GOOD | {"id": f"text {number}", "text": SCHOOLS.replace("12", str(number))} for number in range(40)]
    source = write_rows(tmp_path / "news.jsonl", rows)
    for jobs in (1, 2) if ending == "csv" else (1,):
        assert figures(source, "--jobs", jobs, "--out", tmp_path / f"{jobs}.{ending}").exit_code == 0
    if ending == "csv":
        assert (tmp_path / "2.csv").read_bytes() == (tmp_path / "1.csv").read_bytes()
    table = {"csv": pd.read_csv, "parquet": pd.read_parquet}[ending](tmp_path / f"1.{ending}")
    assert table["source_id"].tolist() == [f"text {number}" for number in range(40) for _ in range(2)]
    assert table["value"].tolist() == [value for number in range(40) for value in (number, 30)]
    assert set(table["status"]) == {"actual", "planned"}


def test_no_more_texts_are_held_than_are_under_way():
    read = []

    def submit(part):
        done: Future = Future()
        done.set_result(part)
        return done

    def parts():
        for number in range(100):
            read.append(number)
            yield number

    for taken, result in enumerate(workers.in_order(submit, parts(), ahead=6)):
        assert result == taken
        assert len(read) <= taken + 6


def test_a_text_that_breaks_the_parser_does_not_stop_the_others(monkeypatch):
    def columns(statement):
        if "12" in statement.text:
            raise ZeroDivisionError("a mistake of ours")
        return {}

    monkeypatch.setitem(corpus.TABLES, "figures", columns)
    texts = [auyl.Statement(text, "2025-01-01", "en", id) for id, text in (("one", "12"), ("two", "13"))]
    result = corpus.read_batch(texts, Given(), "figures")
    assert result.texts == 1
    assert result.skipped[0].source == "one"
    assert result.skipped[0].reason == "reading it failed: ZeroDivisionError: a mistake of ours"


def numbers_or_death(batch: list) -> list:
    """In a process: what was given; or death, once or always, after half of an answer was handed back."""
    flag = Path(batch[0])
    if flag.name == "always" or flag.exists():
        flag.unlink(missing_ok=True)
        os.write(sys._getframe(1).f_locals["pipe"].fileno(), (1000).to_bytes(4, "big") + b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_the_texts_of_a_process_that_dies_are_given_to_another(tmp_path):
    (tmp_path / "once").touch()
    batches = [[str(tmp_path / name)] for name in ("once", "never", "never", "never")]
    with workers.processes(2, numbers_or_death) as submit:
        assert list(workers.in_order(submit, batches, ahead=4)) == batches


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_texts_over_which_processes_keep_dying_end_the_run_in_one_line(tmp_path):
    batches = [[str(tmp_path / name)] for name in ("never", "always", "never")]
    with (
        pytest.raises(AuylError, match="a process died, and so did another over the same texts"),
        workers.processes(2, numbers_or_death) as submit,
    ):
        list(workers.in_order(submit, batches, ahead=4))


DIGITS = "9" * 5000
BAD_PASSPORTS = {
    "published: 2025-02-30": "says published '2025-02-30'",
    f"published: {DIGITS}": "says published '999",
    "published: !!int x": "has the tag",
    "title: !!float x": "has the tag",
    "place: !!timestamp x": "has the tag",
    f"place: {'[' * 3000}": "nested more than 20 deep",
    "place: " + "{a: " * 3000: "nested more than 20 deep",
    "place: [&a x, *a]": "refers to another place",
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]": "refers to another place",
    "title: [a, b]": "has a list as title",
    "title: A\ntitle: B": "'title' stands twice",
    "language: 1": "says language '1'",
    "x" * 1_000_001: "more than 1,000,000 bytes",
    "title: \x00": "control characters are not allowed",
}


def test_a_bad_passport_is_one_line_and_the_other_statements_are_read(tmp_path, monkeypatch):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for number, entry in enumerate(BAD_PASSPORTS):
        given = {line.partition(":")[0] for line in entry.splitlines()}
        rest = [line for line in PASSPORT.splitlines() if line.partition(":")[0] not in given]
        (seeds / f"bad{number:02}.txt").write_text(SCHOOLS, encoding="utf-8")
        (seeds / f"bad{number:02}.yml").write_text("\n".join([*rest, entry]), encoding="utf-8")
    (seeds / "good.txt").write_text(SCHOOLS, encoding="utf-8")
    (seeds / "good.yml").write_text(PASSPORT, encoding="utf-8")
    out = tmp_path / "figures.csv"
    result = figures(seeds, "--out", out)
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert len(told) == len(BAD_PASSPORTS)
    for line, (number, reason) in zip(told, enumerate(BAD_PASSPORTS.values()), strict=True):
        assert f"bad{number:02}.yml" in line and reason in line, line
    assert pd.read_csv(out)["source_id"].tolist() == ["good", "good"]
    monkeypatch.setenv("AUYL_HOME", str(tmp_path))
    assert auyl.statement_ids()[0] == "good"  # what `report` asks before it runs any


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and no such names in its folders")
def test_what_is_no_file_at_all_is_told_and_skipped(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(SCHOOLS, encoding="utf-8")
    os.mkfifo(folder / "b.txt")
    os.mkfifo(folder / "b.csv")
    (folder / "c.txt").symlink_to("/dev/zero")
    (folder / "d.jsonl").symlink_to("/dev/zero")
    (folder / "e.txt").symlink_to(folder / "e.txt")
    (folder / "f").symlink_to(folder)
    (folder / os.fsdecode(b"g\xff.txt")).write_text(SCHOOLS, encoding="utf-8")
    (folder / "h.txt").mkdir()
    out = tmp_path / "figures.csv"
    result = figures(folder, "--published", "2025-03-01", "--out", out)
    assert result.exit_code == 1
    assert pd.read_csv(out)["source_id"].unique().tolist() == ["a"]
    told = result.stderr.splitlines()
    assert [line for line in told if "it is no file but a pipe, a device or a folder" in line] == told[:3] + told[-1:]
    assert any("e.txt: Too many levels of symbolic links" in line for line in told)
    assert any("g\\udcff" in line and "give it one" in line for line in told)
    assert len((tmp_path / "figures.skipped.jsonl").read_text("utf-8").splitlines()) == len(told) == 6


def test_odd_tables_are_told_and_skipped(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    good = GOOD | {"date": None}
    far = pa.array([10**18, 0], pa.timestamp("us"))
    table = pa.table({"id": ["far", "near"], "text": [SCHOOLS] * 2, "date": far, "language": ["en"] * 2})
    parquet.write_table(table, folder / "a.parquet")
    nowhere = table.set_column(2, "date", pa.array([0, 0], pa.timestamp("us", "Nowhere/City")))
    parquet.write_table(nowhere.set_column(0, "id", pa.array(["x", "y"])), folder / "b.parquet")
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 300, pa.int8()), ["12 schools. " * 1_000_000])
    parquet.write_table(pa.table({"text": long}), folder / "c.parquet", compression="zstd")
    write_rows(folder / "d.parquet", [good | {"id": "last", "text": SCHOOLS}])
    out = tmp_path / "figures.csv"
    result = figures(folder, "--published", "2025-03-01", "--out", out)
    told = result.stderr.splitlines()
    assert pd.read_csv(out)["source_id"].unique().tolist() == ["near", "last"]
    assert "a.parquet: row 1: it holds what cannot be read: " in told[0]
    assert "b.parquet: row 1: it holds what cannot be read: " in told[1]
    assert "c.parquet: it cannot be read from row 1 on: its " in told[3] and "would unfold to 12," in told[3]
    assert len(told) == 4


def test_any_table_can_be_made_of_many_texts(tmp_path, monkeypatch):
    """Answers as a stand-in makes them: a row for each statement and its own columns, missing entries included."""

    def answers(statement: auyl.Statement) -> pd.DataFrame:
        rows = [(statement.id, 116.8, None, True)] if statement.text else []
        dtypes = {"source_id": "string", "value": "Float64", "why_not": "string", "said": "boolean"}
        return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)

    monkeypatch.setitem(sys.modules, "auyl.measures.answers", types.SimpleNamespace(answers=answers))
    source = write_rows(tmp_path / "news.jsonl", [GOOD, GOOD | {"id": "two"}])
    for ending, read in (("csv", pd.read_csv), ("parquet", pd.read_parquet)):
        out = tmp_path / f"answers.{ending}"
        count = table_file.write_table(corpus.read_corpus([source], Given(), "answers"), out, "answers")
        assert count.words().startswith("2 answers of 2 texts, in ")
        table = read(out)
        assert table["source_id"].tolist() == ["good", "two"] and table["value"].tolist() == [116.8, 116.8]
        assert table["why_not"].isna().all() and table["said"].all()
    assert (table.dtypes == answers(auyl.Statement("", "2025-01-01", "en")).dtypes).all()


@pytest.mark.skipif(not shutil.which("ps"), reason="without ps the processes cannot be counted")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "asked to stop"])
def test_a_run_that_is_stopped_leaves_the_earlier_output_and_no_process(tmp_path, sent):
    seed = auyl.read_statement(SEED).text
    rows = [{"id": number, "text": seed, "date": "2025-08-28", "language": "en"} for number in range(5000)]
    source = write_rows(tmp_path / "news.jsonl", rows)
    out = tmp_path / "figures.parquet"
    out.write_text("earlier", encoding="utf-8")
    command = [sys.executable, "-m", "auyl", "figures", str(source), "--out", str(out), "--jobs", "2"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(lambda: len(members(run.pid)) >= 3 and list(tmp_path.glob(".figures.parquet.*.auyl-part")))
        run.send_signal(sent)
        assert run.wait(timeout=60) != 0
        assert out.read_text(encoding="utf-8") == "earlier"
        wait_for(lambda: not members(run.pid))
        if sent == signal.SIGTERM:
            assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.parquet", "news.jsonl"]
    finally:
        for process in members(run.pid):
            os.kill(process, signal.SIGKILL)


def members(session: int) -> list[int]:
    """The processes of a session that are still alive."""
    listed = subprocess.run(
        [shutil.which("ps") or "ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True
    ).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "Z" not in line.split()[1]]


def wait_for(condition) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it did not come to that within a minute"
        time.sleep(0.05)


DASK = importlib.util.find_spec("distributed") is not None


@pytest.mark.skipif(not DASK, reason="the optional package distributed is not installed")
def test_a_cluster_reads_what_one_process_reads(tmp_path, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(corpus, "LETTERS", 300)
    source = write_rows(tmp_path / "news.jsonl", [GOOD | {"id": f"text {number}"} for number in range(30)])
    (tmp_path / "a.txt").write_text(SCHOOLS, encoding="utf-8")
    given = (source, tmp_path / "a.txt", "--published", "2025-03-01")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster:
        result = figures(*given, "--dask", cluster.scheduler_address, "--out", tmp_path / "dask.csv")
    assert result.exit_code == 0, result.output
    assert figures(*given, "--out", tmp_path / "here.csv").exit_code == 0
    assert (tmp_path / "dask.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()


def test_a_cluster_that_is_not_there_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("auyl.workers.ANSWER", 0.5)
    result = figures(SEED, "--dask", "tcp://127.0.0.1:9", "--out", tmp_path / "figures.csv")
    assert result.exit_code == 2
    said = "no scheduler answers there" if DASK else "distributed"
    assert said in result.stderr and result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not DASK, reason="the optional package distributed is not installed")
def test_a_cluster_whose_last_worker_dies_ends_the_run_in_one_line(tmp_path, monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr("auyl.workers.ANSWER", 2)
    monkeypatch.setattr(corpus, "LETTERS", 300)
    source = write_rows(tmp_path / "news.jsonl", [GOOD | {"id": f"text {number}"} for number in range(30)])
    with LocalCluster(n_workers=1, processes=False, dashboard_address=":0", silence_logs=50) as cluster:
        cluster.scale(0)
        wait_for(lambda: not cluster.scheduler_info["workers"])
        result = figures(source, "--dask", cluster.scheduler_address, "--out", tmp_path / "figures.csv")
    assert result.exit_code == 2
    assert "the workers died or left" in result.stderr and result.stderr.count("\n") == 1
