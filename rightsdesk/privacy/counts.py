"""How often answers helped: numbers only, in memory, gone at a restart."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

VALUES = ("yes", "no")


class Answered(NamedTuple):
    """All that a “Did this help?” says; nothing in it belongs to a person or a conversation."""

    topic: str
    city: str
    lang: str
    value: str


class Counts:
    """Counts “Did this help?”; the caller checks that topic, city and language exist, which bounds the memory."""

    def __init__(self) -> None:
        self._counted: Counter[Answered] = Counter()

    def add(self, answered: Answered) -> None:
        """Count one answer."""
        self._counted[answered] += 1

    def of(self, answered: Answered) -> int:
        """Return how often it was given."""
        return self._counted[answered]
