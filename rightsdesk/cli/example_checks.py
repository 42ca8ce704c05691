"""What `rightsdesk check` says about example questions: doubled ones, and personal data in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rightsdesk.knowledge.problems import Problem
from rightsdesk.privacy.masking import mask
from rightsdesk.understanding.duplicates import near_duplicates
from rightsdesk.understanding.examples import BadExamples, Example, read_examples


def check_examples(data: Path) -> list[Problem]:
    """Check the example questions below a data folder.

    Args:
        data: the data folder.
    """
    try:
        examples = read_examples(data)
    except BadExamples as bad:
        return [Problem(data / "nlu", None, str(bad))]
    return [*_personal(data, examples), *_doubled(data, examples)]


def _personal(data: Path, examples: list[Example]) -> Iterator[Problem]:
    for example in examples:
        if mask(example.text) != example.text:
            text = f"“{example.text[:60]}” holds an e-mail address or a long number. No resident's data stands here."
            yield _problem(data, example, text, "error")


def _doubled(data: Path, examples: list[Example]) -> Iterator[Problem]:
    for first, second in near_duplicates(examples):
        same = first.intent == second.intent
        where = "stand under one intent" if same else f"stand under {first.intent} and {second.intent}"
        text = f"“{first.text[:60]}” and “{second.text[:60]}” are nearly the same and {where}. Remove one."
        yield _problem(data, second, text, "warning" if same else "error")


def _problem(data: Path, example: Example, text: str, severity: str) -> Problem:
    path = data / "nlu" / example.file
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((number for number, written in enumerate(lines, 1) if written.strip() == f"- {example.text}"), None)
    return Problem(path, line, text, severity)  # type: ignore[arg-type]
