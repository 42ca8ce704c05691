"""The knowledge files as they were at an earlier revision of the Git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

EXAMPLES = ":(exclude)nlu"  # example questions are not knowledge; they would take most of the time


class NoSuchRevision(Exception):
    """Git does not know the revision, or the files are not in a Git repository."""


@contextmanager
def data_at(data: Path, revision: str) -> Iterator[Path]:
    """Give the data folder as it was.

    Args:
        data: the data folder now, inside a Git repository.
        revision: a commit, tag or branch, such as `HEAD~1`.

    Yields:
        A folder that is removed afterwards.

    Raises:
        NoSuchRevision: git cannot give it.
    """
    answer = _git(data, "archive", "--format=tar", "--end-of-options", revision, ".", EXAMPLES)
    if answer.returncode:
        reason = answer.stderr.decode(errors="replace").strip().splitlines()
        raise NoSuchRevision(
            f"Git has no revision “{revision}” of these files ({reason[-1] if reason else 'no reason given'}). "
            "Name a commit, tag or branch, for example HEAD~1."
        )
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(answer.stdout)) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder)


def revision_on(data: Path, day: date) -> str | None:
    """Name the commit that held at the end of a day; None if there is none, no repository, or no Git.

    Args:
        data: the data folder now.
        day: the day to look back to.
    """
    answer = _git(data, "rev-list", "-1", f"--before={day}T23:59:59", "HEAD", "--", ".")
    return answer.stdout.decode().strip() or None


def _git(data: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(data), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False)
    except OSError as missing:
        return subprocess.CompletedProcess(command, 127, b"", f"git cannot be run: {missing.strerror}".encode())
