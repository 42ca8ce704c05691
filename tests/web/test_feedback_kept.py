"""“Did this help?” from the page to the folder that an operator named, through a stop of the server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import requests
from conftest import ROOT, free_port, running

from rightsdesk.privacy.counts import FILE


def help_said(address: str, value: str) -> None:
    form = {"topic": "scams", "city": "leipzig", "lang": "en", "value": value}
    assert requests.post(f"{address}/leipzig/en/feedback", data=form, timeout=20).status_code == 200


def test_counts_survive_a_restart_and_hold_nothing_else(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "counts"
    for _ in range(2):
        with running(tmp_path / "log.txt", RIGHTSDESK_COUNTS=str(folder)) as address:
            question = {"text": "geheime Frage 4711", "conversation": "", "turn": "1"}
            assert requests.post(f"{address}/leipzig/de/ask", data=question, timeout=20).status_code == 200
            for value in ("yes", "yes", "no"):
                help_said(address, value)
    assert [path.name for path in sorted(folder.iterdir())] == [".lock", FILE]
    content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    assert content["rows"] == [["scams", "leipzig", "en", "no", 2], ["scams", "leipzig", "en", "yes", 4]]
    assert set(content) == {"schema", "since", "until", "rows"}


def test_without_the_setting_nothing_is_written(model: Path, tmp_path: Path) -> None:
    with running(tmp_path / "log.txt", HOME=str(tmp_path)) as address:
        help_said(address, "yes")
    assert (tmp_path / "log.txt").is_file()
    assert not [path for folder in (tmp_path, ROOT) for path in folder.rglob(FILE)]


def test_a_folder_that_cannot_be_used_stops_the_start_with_advice(model: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    code = "from rightsdesk.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", "--port", str(free_port())],
        cwd=ROOT, env={**os.environ, "RIGHTSDESK_COUNTS": str(tmp_path / "taken")}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "RIGHTSDESK_COUNTS" in done.stderr and "Name another folder" in done.stderr
    assert "Traceback" not in done.stderr
