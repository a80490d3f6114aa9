"""Files appear whole or not at all, and what a process that was killed left is gone with the next one's work."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auyl.errors import AuylError
from auyl.files import own_folder, whole, write_whole

BEGIN = """
import sys, time
from pathlib import Path
from auyl.files import own_folder, whole
with whole(Path(sys.argv[1], "table.csv")) as part, own_folder(Path(sys.argv[1])):
    part.write_text("half")
    print("begun", flush=True)
    time.sleep(600)
"""
needs_locks = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def begun(tmp_path):
    """Another process that is at work in the folder."""
    with subprocess.Popen([sys.executable, "-c", BEGIN, tmp_path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begun\n"
        yield process
        process.kill()


@needs_locks
def test_what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path, begun):
    assert len(names(tmp_path)) == 2
    write_whole(tmp_path / "page.html", "whole")
    with own_folder(tmp_path):
        assert len(names(tmp_path)) == 4  # both are left alone
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    write_whole(tmp_path / "page.html", "whole")
    assert len(names(tmp_path)) == 2
    with own_folder(tmp_path) as folder:
        assert names(tmp_path) == sorted([folder.name, "page.html"])
    assert names(tmp_path) == ["page.html"]


def test_what_fails_leaves_the_earlier_file_and_nothing_beside_it(tmp_path):
    (tmp_path / "table.csv").write_text("earlier")
    with pytest.raises(ZeroDivisionError), whole(tmp_path / "table.csv") as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert names(tmp_path) == ["table.csv"]
    assert (tmp_path / "table.csv").read_text() == "earlier"
    with pytest.raises(AuylError, match=r"page\.html cannot be written: No such file or directory"):
        write_whole(tmp_path / "nowhere" / "page.html", "x")


def test_an_empty_file_takes_the_earlier_one_away_where_empty_means_none(tmp_path):
    (tmp_path / "skipped.jsonl").write_text("earlier")
    with whole(tmp_path / "skipped.jsonl", keep_empty=False):
        pass
    assert names(tmp_path) == []


@needs_locks
def test_the_umask_says_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "page.html", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o640


def test_a_name_of_the_longest_kind_is_written(tmp_path):
    name = "ә" * 120 + ".csv"
    write_whole(tmp_path / name, "x")
    assert names(tmp_path) == [name]
