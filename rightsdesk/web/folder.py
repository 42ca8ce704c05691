"""Writes many files as one: all of them, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


class Refused(Exception):
    """The folder cannot be used; the text says why and what to do."""


def check_free(folder: Path) -> None:
    """Make sure that a folder is new or empty.

    Args:
        folder: where files shall be written.

    Raises:
        Refused: it is a file, or it holds something.
    """
    if folder.is_dir():
        if any(folder.iterdir()):
            raise Refused(f"{folder} already holds files. Name a new or an empty folder.")
    elif folder.exists() or folder.is_symlink():
        raise Refused(f"{folder} is not a folder. Name a new or an empty folder.")


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files into a new or empty folder; it appears complete, or not at all.

    Args:
        folder: new or empty.
        files: the text of each file, by its path below the folder.

    Raises:
        Refused: the folder holds something, or cannot be written.
    """
    check_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Refused(f"{folder} cannot be written ({error.strerror}). Name another folder.") from None
    try:
        for name, text in files.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")  # lines of calendar files end with CR LF
        unfinished.chmod(0o755)
        os.replace(unfinished, folder)
    except OSError as error:
        raise Refused(f"{folder} cannot be written ({error.strerror}). Name another folder.") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
