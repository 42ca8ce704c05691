"""Trains the model when examples, rules or code changed, in a process of its own (training needs TensorFlow)."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from rightsdesk.rasa.training_data import fingerprint
from rightsdesk.settings import Settings

MODEL = "rightsdesk"
RASA_FILES = ("config.yml", "domain.yml")
LINES_SHOWN = 12


class TrainingFailed(Exception):
    """The model could not be trained; the text says why."""


def train_if_needed(settings: Settings, force: bool = False) -> bool:
    """Train unless the model on disk was made from the same files.

    Args:
        settings: where data and models are.
        force: train anyway.

    Returns:
        Whether it trained.

    Raises:
        TrainingFailed: Rasa reports an error, or the models folder cannot be written to.
    """
    stamp = settings.models / f"{MODEL}.fingerprint"
    model = settings.models / f"{MODEL}.tar.gz"
    wanted = _fingerprint(settings)
    if not force and model.exists() and stamp.exists() and stamp.read_text() == wanted:
        return False
    _check_writable(settings.models)
    print("Training the model (about a minute) …", file=sys.stderr, flush=True)
    _run_rasa(settings)
    stamp.write_text(wanted)
    return True


def _fingerprint(settings: Settings) -> str:
    digest = hashlib.sha256(fingerprint(settings.data).encode())
    own = sorted(Path(__file__).resolve().parent.glob("*.py"))
    named = [settings.root / name for name in RASA_FILES] + [settings.data / "rules.yml"]
    for path in [*named, *(path for path in own if path.name in ("importer.py", "topic_ranker.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".write-test"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise TrainingFailed(f"The folder {folder.name}/ cannot be written to ({error.strerror}).") from None


def _run_rasa(settings: Settings) -> None:
    command = [
        sys.executable, "-m", "rasa", "train", "--fixed-model-name", MODEL,
        "--out", str(settings.models), "--data", str(settings.data),
    ]  # fmt: skip
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command, cwd=settings.root, env={**os.environ, **quiet}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-LINES_SHOWN:])
        raise TrainingFailed(f"Rasa could not train the model:\n{tail}")
