"""`rightsdesk migrate`: knowledge files of an older format, brought up to date in place, comments kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rightsdesk.knowledge.library import knowledge_files
from rightsdesk.knowledge.loader import load
from rightsdesk.knowledge.problems import Problem
from rightsdesk.knowledge.writing import EditedFile

CURRENT = 1


def _name_the_format(file: EditedFile) -> None:
    """0 → 1: the first files did not say their format."""
    file.data.insert(0, "schema", 1)


STEPS: dict[int, Callable[[EditedFile], None]] = {0: _name_the_format}


def migrate(data: Path) -> tuple[list[Path], list[Problem]]:
    """Bring every knowledge file to the current format.

    Args:
        data: the data folder.

    Returns:
        The files that were changed, and what kept others from being changed.
    """
    changed, problems = [], []
    for path in knowledge_files(data):
        document = load(path)
        if document.data is None:
            problems += document.problems
            continue
        written = str(document.data.get("schema", 0))
        if not written.isdigit() or int(written) > CURRENT:
            text = f"“schema: {written}” is not a format that this version knows (the newest is {CURRENT})."
            problems.append(Problem(path, document.line(("schema",)), text))
            continue
        if int(written) < CURRENT:
            file = EditedFile(path)
            for version in range(int(written), CURRENT):
                STEPS[version](file)
            file.save()
            changed.append(path)
    return changed, problems
