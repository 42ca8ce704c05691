"""What is wrong with a knowledge file: where, what, and the repair, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One finding of `rightsdesk check`.

    Attributes:
        file: the file, as the person gave it or below the data folder.
        line: the line to look at, from 1; None when the whole file is meant.
        text: what is wrong and how to repair it.
        severity: `error` keeps the file from being used, `warning` does not.
    """

    file: Path
    line: int | None
    text: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file.name}: line {self.line}" if self.line else self.file.name
        return f"{place}: {self.text}"


def did_you_mean(word: str, known: list[str]) -> str:
    """Suggest the nearest known word, as a sentence with a leading blank, or an empty text.

    Args:
        word: what the author wrote.
        known: the words that are allowed here.

    Returns:
        ` Did you mean “email”?` or an empty text when nothing is near.
    """
    best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=60)
    return f" Did you mean “{best[0]}”?" if best else ""
