"""Shared fixtures: the real knowledge, the real model (trained once if needed), and a day that never changes."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from rightsdesk.rasa.slim import without_tensorflow

without_tensorflow()  # tests run what the server runs; only training needs TensorFlow, in a process of its own
ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser last, however the files are named: its event loop stays open, and Rasa needs one of its own."""
    items.sort(key=lambda item: "web" in item.path.parts)


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGHTSDESK_TODAY", TODAY.isoformat())


@pytest.fixture(scope="session")
def library():
    from rightsdesk.knowledge.library import Shelf

    return Shelf(ROOT / "data").library()


@pytest.fixture(scope="session")
def model() -> Path:
    from rightsdesk import settings
    from rightsdesk.rasa.training import MODEL, train_if_needed

    read = settings.read()
    train_if_needed(read)
    return read.models / f"{MODEL}.tar.gz"


@pytest.fixture(scope="session")
def assistant(model: Path):
    """The real agent, as every surface uses it."""
    os.environ["RIGHTSDESK_TODAY"] = TODAY.isoformat()
    from rightsdesk.rasa.assistant import load

    return load(model)


@pytest.fixture
def talk(assistant) -> Callable[..., dict]:
    """Ask within one conversation; each test has its own."""
    from rightsdesk.answers.question import Question

    conversation = os.urandom(8).hex()

    def ask(text: str = "", payload: str = "", city: str | None = None, language: str | None = None, **more) -> dict:
        question = Question(conversation, text, payload, city, language, **more)
        return asyncio.run(assistant.reply(question))

    ask.conversation = conversation
    return ask


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the real knowledge files (without examples) that a test may edit."""
    target = tmp_path / "data"
    shutil.copytree(ROOT / "data", target, ignore=shutil.ignore_patterns("nlu"))
    return target


@pytest.fixture
def edit(data: Path) -> Iterator[Callable[[str, str, str], Path]]:
    """Replace a text in one of the copied files, once."""

    def replace(file: str, old: str, new: str) -> Path:
        path = data / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    yield replace
