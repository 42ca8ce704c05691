"""The knowledge files as they were at an earlier revision of the Git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


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
    command = ["git", "-C", str(data), "archive", "--format=tar", "--end-of-options", revision, "."]
    answer = subprocess.run(command, capture_output=True, check=False)
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
