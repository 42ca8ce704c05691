"""Writing knowledge files: whole or not at all, with comments and order kept."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import Any

from rightsdesk.knowledge.loader import Key


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new text, never half of one.

    Args:
        path: the file; its folder exists.
        text: the whole text.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


class EditedFile:
    """A knowledge file opened for a change by a tool: only the places that are set change."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Args:
            path: a file that `check` accepts.
        """
        from ruamel.yaml import YAML

        self.path = path
        self._yaml = YAML()
        self._yaml.preserve_quotes = True  # type: ignore[assignment]  # ruamel's own type says None
        self._yaml.width = 4096  # type: ignore[assignment]
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        self.data: Any = self._yaml.load(path.read_text(encoding="utf-8-sig"))

    def set(self, key: Key, value: Any) -> None:
        """Set one place.

        Args:
            key: the way to it; the place before the last exists.
            value: a text, a list of texts or a day.

        Raises:
            KeyError: the way does not exist.
        """
        node = self.data
        for part in key[:-1]:
            node = node[part]
        node[key[-1]] = value

    def remove(self, key: Key) -> None:
        """Remove one place if it is there."""
        node = self.data
        for part in key[:-1]:
            node = node[part]
        node.pop(key[-1], None)

    def text(self) -> str:
        """Return the file as it would be written."""
        out = io.StringIO()
        self._yaml.dump(self.data, out)
        return out.getvalue()

    def save(self) -> None:
        """Write the file."""
        write_atomically(self.path, self.text())
