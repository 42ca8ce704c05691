"""One knowledge file under check, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.loader import Document, Key, load
from rightsdesk.knowledge.problems import Problem, Severity


@dataclass(frozen=True)
class CheckedFile:
    """One knowledge file under check.

    Attributes:
        model: the file as read, without errors of its own.
        library: everything that it may name.
    """

    path: Path
    model: BaseModel
    library: Library

    def at(self, key: Key, text: str, severity: Severity = "error") -> Problem:
        """Make a problem at a place of this file."""
        return Problem(self.path, self._document.line(key), text, severity)

    def lines(self) -> list[str]:
        """Return the file as lines of text."""
        return self.path.read_text(encoding="utf-8-sig").splitlines()

    @cached_property
    def _document(self) -> Document:
        """The file with its lines, read again only when there is something to report."""
        return load(self.path)


Check = Callable[[CheckedFile], Iterator[Problem]]
