"""The lines of a file that a fact was read from, without the languages that nobody asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rightsdesk.knowledge.loader import Document, Key, load
from rightsdesk.languages import LANGUAGES


def excerpt(path: Path, line: int, languages: set[str]) -> list[tuple[int, str]]:
    """Cut a fact out of its file.

    Args:
        path: a knowledge file that can be read.
        line: where the fact begins.
        languages: the languages to show; texts in others are left out.

    Returns:
        Number and text of each line; numbers are missing where something was left out.
    """
    document, source = _read(path, path.stat().st_mtime_ns)
    shown: list[tuple[int, str]] = []
    wanted = True
    for number in range(line, _end(document, line, source) + 1):
        if keys := [key for key, place in document.lines.items() if place == number]:
            wanted = any(_in_languages(key, languages) for key in keys)
        if wanted:
            shown.append((number, source[number - 1]))
    return shown


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> tuple[Document, list[str]]:
    """Read a file once for all its facts, and again when it has changed."""
    return load(path), path.read_text(encoding="utf-8-sig").splitlines()


def _end(document: Document, line: int, source: list[str]) -> int:
    """Find the last line of what begins in a line."""
    begins = [key for key, place in document.lines.items() if place == line]
    whole = min(begins, key=len, default=())
    after = (place for key, place in document.lines.items() if place > line and key[: len(whole)] != whole)
    last = min(after, default=len(source) + 1) - 1
    while last > line and source[last - 1].strip()[:1] in ("", "#"):
        last -= 1  # empty lines and comments belong to what follows
    return last


def _in_languages(key: Key, languages: set[str]) -> bool:
    return all(part not in LANGUAGES or part in languages for part in key)
