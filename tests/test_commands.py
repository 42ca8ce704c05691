"""The commands as people call them: Rasa's own, and ours; exit codes and plain messages."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENV = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "RIGHTSDESK_TODAY": "2026-11-23", "COLUMNS": "200"}


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env={**ENV, **env}, capture_output=True, text=True, check=False, timeout=300
    )


def rightsdesk(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-c", "from rightsdesk.cli import main; main()", *arguments, **env)


def test_rasa_finds_the_data_valid(model: Path) -> None:
    done = run(sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_rasas_own_story_tests_pass(model: Path, tmp_path: Path) -> None:
    stories = str(ROOT / "tests" / "stories")
    done = run(
        sys.executable, "-m", "rasa", "test", "core", "--model", str(model), "--stories", stories, "--out", str(tmp_path),
        "--fail-on-prediction-errors", RIGHTSDESK_ACTIONS="process",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["conversation_accuracy"]["correct"] == report["conversation_accuracy"]["total"] > 0


def test_ask_prints_one_reply(model: Path) -> None:
    done = rightsdesk("ask", "wer filmt mich in der straßenbahn", "--city", "leipzig", "--lang", "de", "--json")
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    assert (reply["topic"], reply["language"], reply["city"]) == ("cctv_public", "de", "leipzig")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ask"], 2, "Give a question"),
        (["ask", "--batch", "nowhere.jsonl", "--out", "x"], 2, "There is no file"),
        (["check", "leipzg"], 2, "Did you mean “leipzig”?"),
        (["explain", "leipzig", "data_acess", "de"], 2, "Did you mean “data_access”?"),
        (["explain", "leipzig", "data_access", "xx"], 2, "no language “xx”"),
        (["check", "--today", "tomorrow"], 2, "year-month-day"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_wrong_use_is_explained(arguments: list[str], code: int, said: str) -> None:
    done = rightsdesk(*arguments)
    assert done.returncode == code
    assert said in done.stderr and "Traceback" not in done.stderr


def test_check_finds_nothing_in_the_real_files() -> None:
    done = rightsdesk("check", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["errors"] == 0


def test_check_exits_1_with_findings(data: Path) -> None:
    city = data / "cities" / "leipzig.yml"
    city.write_text(city.read_text(encoding="utf-8").replace("review:", "rewiew:", 1), encoding="utf-8")
    done = rightsdesk("check", RIGHTSDESK_DATA=str(data))
    assert done.returncode == 1
    assert "leipzig.yml: line" in done.stdout and "Did you mean “review”?" in done.stdout


def test_explain_names_file_and_line() -> None:
    done = rightsdesk("explain", "leipzig", "data_access", "de")
    assert done.returncode == 0
    assert (
        "topics/data_access.yml:" in done.stdout
        and "cities/leipzig.yml:" in done.stdout
        and "laws/eea.yml:" in done.stdout
    )


def test_a_taken_port_gets_one_plain_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = rightsdesk("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "cannot be used" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("RIGHTSDESK_PORT", "http", "from 1 to 65535"), ("RIGHTSDESK_TODAY", "soon", "year-month-day")],
)
def test_bad_settings_are_named(name: str, value: str, said: str) -> None:
    done = rightsdesk("check", **{name: value})
    assert done.returncode == 2
    assert name in done.stderr and said in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "models"
    blocked.write_text("a file where the folder should be")
    done = rightsdesk("train", RIGHTSDESK_MODELS=str(blocked))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_a_missing_python_is_named(tmp_path: Path) -> None:
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "environment", tmp_path / "scripts")
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "cat", "cksum", "tr", "dirname", "awk"):
        (tools / tool).symlink_to(shutil.which(tool) or "")
    env = {"PATH": str(tools), "HOME": str(tmp_path)}
    done = subprocess.run(
        [str(tools / "sh"), "scripts/environment"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.10 was not found" in done.stderr
