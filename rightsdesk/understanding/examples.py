"""Reads example questions: `data/nlu/<language>/*.yml` in Rasa's NLU format, and golden questions for measuring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Example:
    """A question with the topic or conversation intent it belongs to."""

    text: str
    intent: str
    language: str
    file: str = ""


@dataclass(frozen=True)
class GoldenQuestion:
    """A question kept apart from training, to measure with."""

    text: str
    topic: str
    language: str
    style: str


class BadExamples(Exception):
    """A file of examples cannot be used; the text names the file and the repair."""


def nlu_files(data: Path) -> list[Path]:
    """List the files of example questions below a data folder, in a fixed order."""
    return sorted((data / "nlu").glob("*/*.yml"))


def read_examples(data: Path) -> list[Example]:
    """Read all example questions below a data folder.

    Args:
        data: the data folder.

    Raises:
        BadExamples: a file is not in the form that Rasa describes, or a block does not say its language.
    """
    return [example for path in nlu_files(data) for example in _read_file(path)]


def read_golden(folder: Path) -> list[GoldenQuestion]:
    """Read the golden questions: one JSON object a line, in `<language>.jsonl`.

    Args:
        folder: the folder of golden questions.
    """
    questions = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                item = json.loads(line)
                questions.append(GoldenQuestion(item["text"], item["topic"], path.stem, item.get("style", "direct")))
    return questions


def _read_file(path: Path) -> Iterator[Example]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
        blocks = content["nlu"]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise BadExamples(f"{path.name} is not a file of example questions (version, nlu:): {error}") from error
    for block in blocks:
        intent = block.get("intent")
        language = (block.get("metadata") or {}).get("language")
        if not intent or language != path.parent.name:
            raise BadExamples(
                f"{path.parent.name}/{path.name}: the block of “{intent}” must say metadata: language: "
                f"{path.parent.name}, the language of its folder."
            )
        for line in str(block.get("examples", "")).splitlines():
            if line.startswith("- ") and line[2:].strip():
                yield Example(line[2:].strip(), intent, language, f"{path.parent.name}/{path.name}")
