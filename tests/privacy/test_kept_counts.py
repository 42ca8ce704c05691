"""“Did this help?” on disk: only where the operator asks for it, only numbers and days, small numbers never shown."""

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from rightsdesk.privacy.counts import FILE, Answered, Counts, Unusable, begin, read

TODAY = date(2026, 11, 23)
YES = Answered("scams", "leipzig", "en", "yes")


def count(folder: Path, **numbers: int) -> None:
    """Count yes and no for one answer, as a server does."""
    counts = Counts()
    for value, number in numbers.items():
        for _ in range(number):
            counts.add(YES._replace(value=value))
    counts.move_to(folder, TODAY)


def command(*arguments: str, folder: Path | None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "120"} | ({"RIGHTSDESK_COUNTS": str(folder)} if folder else {})
    code = "from rightsdesk.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "counts", *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_counts_add_up_over_restarts_and_servers(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as servers:
        servers.starmap(_serve, [(tmp_path, 25)] * 4)
    kept = read(tmp_path)
    assert kept and kept.counted[YES] == 100
    assert (kept.since, kept.until) == (TODAY, TODAY)


def _serve(folder: Path, times: int) -> None:
    counts = Counts()
    for _ in range(times):
        counts.add(YES)
        counts.move_to(folder, TODAY)


def test_the_file_holds_days_and_numbers_and_no_hour(tmp_path: Path) -> None:
    count(tmp_path, yes=2, no=1)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert json.loads(text) == {
        "schema": 1, "since": "2026-11-23", "until": "2026-11-23",
        "rows": [["scams", "leipzig", "en", "no", 1], ["scams", "leipzig", "en", "yes", 2]],
    }  # fmt: skip
    changed = datetime.fromtimestamp((tmp_path / FILE).stat().st_mtime)
    assert (changed.date(), changed.hour, changed.minute) == (TODAY, 0, 0)
    assert not re.search(r"\d\d:\d\d", text)


def test_what_was_written_is_not_counted_twice(tmp_path: Path) -> None:
    counts = Counts()
    counts.add(YES)
    for _ in range(3):
        counts.move_to(tmp_path, TODAY)
    kept = read(tmp_path)
    assert kept and kept.counted == {YES: 1}


def test_a_folder_that_fails_loses_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    counts = Counts()
    counts.add(YES)
    with pytest.raises(Unusable, match="cannot be written"):
        counts.move_to(blocked, TODAY)
    assert counts.of(YES) == 1
    counts.move_to(tmp_path, TODAY)
    kept = read(tmp_path)
    assert kept and kept.counted[YES] == 1


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('["a shopping list"]')
    with pytest.raises(Unusable, match="not a file of counts"):
        begin(tmp_path, TODAY)
    assert (tmp_path / FILE).read_text() == '["a shopping list"]'
    done = command(folder=tmp_path)
    assert done.returncode == 1 and "not a file of counts" in done.stderr and "Traceback" not in done.stderr


def test_the_command_hides_small_numbers(tmp_path: Path) -> None:
    count(tmp_path, yes=12, no=4)
    shown = command(folder=tmp_path).stdout
    assert re.search(r"leipzig\W+scams\W+en\W+12\W+under 5\b", shown), shown
    rows = json.loads(command("--json", folder=tmp_path).stdout)["rows"]
    assert rows == [{"city": "leipzig", "topic": "scams", "language": "en", "yes": 12, "no": None}]
    count(tmp_path, no=1)
    assert re.search(r"12\W+5\b", command("leipzig", folder=tmp_path).stdout)
    assert "Nothing was counted yet for porto" in command("porto", folder=tmp_path).stdout


def test_without_the_setting_the_command_says_where_counts_are() -> None:
    done = command(folder=None)
    assert done.returncode == 2
    assert "only in the memory" in done.stderr and "RIGHTSDESK_COUNTS" in done.stderr
