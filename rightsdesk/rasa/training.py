"""Trains the model when examples, rules or code changed, in a process of its own whose memory is given back.

Rasa trains only when something changed that its own graph depends on. Where only example questions changed, as after
an edit of a city file, our ranker learns the languages concerned and is put into the model that Rasa made before.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from filelock import FileLock

from rightsdesk.rasa.training_data import all_examples, fingerprint
from rightsdesk.settings import Settings
from rightsdesk.understanding.guard import marks

MODEL = "rightsdesk"
RASA_FILES = ("config.yml", "domain.yml")
STAMP = f"{MODEL}.fingerprint"
MARKS = f"{MODEL}.examples"  # which examples the model has learnt
OWN_MODULES = ("importer.py", "topic_ranker.py")
PARTS = "parts"  # folder beside the models: what was learnt from examples that have not changed
LINES_SHOWN = 12


class TrainingFailed(Exception):
    """The model could not be trained; the text says why."""


def train_if_needed(settings: Settings, force: bool = False) -> bool:
    """Train unless the model on disk was made from the same files.

    Args:
        settings: where data and models are.
        force: train everything anyway.

    Returns:
        Whether it trained. Two processes never train at the same time; the second waits.

    Raises:
        TrainingFailed: an error while learning, or the models folder cannot be written to.
    """
    _check_writable(settings.models)
    with FileLock(settings.models / ".training.lock"):
        return _train(settings, force)


def is_trained(settings: Settings) -> bool:
    """Tell whether the model on disk was made from the files as they are now."""
    return _made(settings) == _wanted(settings)


def learn(settings: Settings, model: Path) -> None:
    """Learn the languages whose examples changed and put the ranker into a trained model.

    Args:
        settings: where data and models are.
        model: the archive that Rasa wrote.
    """
    from rightsdesk.rasa import model_archive
    from rightsdesk.understanding import training

    thresholds = model_archive.thresholds(settings.root / "config.yml")
    examples = all_examples(settings.data)
    ranker = training.train(examples, thresholds, settings.models / PARTS, settings.embeddings)
    model_archive.replace_ranker(model, ranker)


def _train(settings: Settings, force: bool) -> bool:
    wanted = _wanted(settings)
    made = _made(settings) if not force else {}
    if made == wanted:
        return False
    if made.get("graph") == wanted["graph"]:
        print("Learning the changed examples …", file=sys.stderr, flush=True)
        _learn_apart(settings, settings.models / f"{MODEL}.tar.gz")
    else:
        print("Training the model (about two minutes) …", file=sys.stderr, flush=True)
        _run_rasa(settings)
    (settings.models / MARKS).write_text("\n".join(marks(all_examples(settings.data))), encoding="utf-8")
    (settings.models / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
    return True


def _wanted(settings: Settings) -> dict[str, str]:
    return {"graph": _graph_fingerprint(settings), "examples": fingerprint(settings.data)}


def _made(settings: Settings) -> dict[str, str]:
    if not (settings.models / f"{MODEL}.tar.gz").exists():
        return {}
    try:
        made = json.loads((settings.models / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def _graph_fingerprint(settings: Settings) -> str:
    """Return a hash of what Rasa's own graph depends on: its files, and the modules by which it meets ours."""
    named = [settings.root / name for name in RASA_FILES] + [settings.data / "rules.yml"]
    own = [Path(__file__).resolve().parent / name for name in OWN_MODULES]
    return hashlib.sha256(b"".join(path.read_bytes() for path in [*named, *own])).hexdigest()


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".write-test"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise TrainingFailed(f"The folder {folder.name}/ cannot be written to ({error.strerror}).") from None


def _learn_apart(settings: Settings, model: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        try:
            process.submit(learn, settings, model).result()
        except Exception as error:
            raise TrainingFailed(f"The examples could not be learnt ({type(error).__name__}: {error}).") from error


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
