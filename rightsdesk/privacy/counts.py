"""How often answers helped: numbers only, in memory, and on disk only where the operator names a folder."""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

VALUES = ("yes", "no")
FILE = "helped.json"
SCHEMA = 1


class Answered(NamedTuple):
    """All that a “Did this help?” says; nothing in it belongs to a person or a conversation."""

    topic: str
    city: str
    lang: str
    value: str


class Unusable(Exception):
    """The folder or the file of counts cannot be used; the text says why and what to do."""


class Kept(NamedTuple):
    """What a folder holds.

    Attributes:
        since, until: the day on which counting began, and the last on which something was added.
        counted: how often each answer was given.
    """

    since: date
    until: date
    counted: Counter[Answered]


class Counts:
    """Counts “Did this help?”; the caller checks that topic, city and language exist, which bounds the memory."""

    def __init__(self) -> None:
        self._counted: Counter[Answered] = Counter()

    def add(self, answered: Answered) -> None:
        """Count one answer."""
        self._counted[answered] += 1

    def of(self, answered: Answered) -> int:
        """Return how often it was given and has not been taken."""
        return self._counted[answered]

    def move_to(self, folder: Path, today: date) -> None:
        """Add what was counted to the file in a folder, and begin anew; without new counts nothing is written.

        Args:
            folder: several servers may share it.
            today: the only time that is written.

        Raises:
            Unusable: it cannot be written; the counts stay in memory.
        """
        taken, self._counted = self._counted, Counter()
        try:
            if taken:
                _add(folder, taken, today)
        except Unusable:
            self._counted.update(taken)
            raise


def begin(folder: Path, today: date) -> None:
    """Make sure that counts can be kept in a folder; it is made if it is missing.

    Args:
        folder: the folder of counts.
        today: the day from which on answers are counted, if the folder is new.

    Raises:
        Unusable: it cannot be written, or holds something else.
    """
    _add(folder, Counter(), today)


def read(folder: Path) -> Kept | None:
    """Read what was counted; None when nothing was.

    Args:
        folder: the folder of counts.

    Raises:
        Unusable: the file cannot be read, or it is none of ours.
    """
    path = folder / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = [(Answered(*row[:-1]), int(row[-1])) for row in content["rows"]]
        return Kept(date.fromisoformat(content["since"]), date.fromisoformat(content["until"]), Counter(dict(rows)))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unusable(f"{path} cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError):
        raise Unusable(f"{path} is not a file of counts. Move it away; a new one is begun.") from None


def _add(folder: Path, new: Counter[Answered], today: date) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            before = read(folder) or Kept(today, today, Counter())
            _write(folder, Kept(before.since, today, before.counted + new))
    except OSError as error:
        raise Unusable(f"{folder} cannot be written ({error.strerror}).") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one server at a time add to the file."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(folder: Path, kept: Kept) -> None:
    """Write the file whole or not at all; in order, and dated by the day, so that it tells no sequence and no hour."""
    rows = [[*answered, number] for answered, number in sorted(kept.counted.items())]
    content = {"schema": SCHEMA, "since": f"{kept.since}", "until": f"{kept.until}", "rows": rows}
    midnight = datetime.combine(kept.until, time()).timestamp()
    unfinished = folder / f".{FILE}"
    unfinished.write_text(json.dumps(content, indent=0), encoding="utf-8")
    os.utime(unfinished, (midnight, midnight))
    os.replace(unfinished, folder / FILE)
