"""`rightsdesk review`: the facts of a city that somebody should read again, and the stamp afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from rightsdesk.knowledge import freshness
from rightsdesk.knowledge.check import review_period
from rightsdesk.knowledge.library import Library, read_file
from rightsdesk.knowledge.loader import Key, load
from rightsdesk.knowledge.models import City, Record, Source
from rightsdesk.knowledge.walking import records
from rightsdesk.knowledge.writing import EditedFile

Reason = Literal["draft", "unconfirmed", "due", "overdue", "fresh"]


@dataclass(frozen=True)
class Due:
    """One fact that should be read again.

    Attributes:
        key: the way to it in the file.
        sources: the pages that it was read on.
        written: the fact as it stands in the file.
    """

    path: Path
    key: Key
    line: int | None
    reason: Reason
    sources: tuple[Source, ...]
    written: dict[str, Any]

    @property
    def name(self) -> str:
        """The key in words."""
        return " › ".join(str(part) for part in self.key)


def due(library: Library, path: Path, today: date, ahead: bool = False) -> Iterator[Due]:
    """List the facts of a file that should be read again: drafts, unconfirmed ones, and those past their period.

    Args:
        library: the knowledge, for the sources of law packs.
        path: a city file or law pack without errors.
        today: the day to look from.
        ahead: every fact, also the fresh ones.
    """
    model, _ = read_file(path)
    document = load(path)
    city = model if isinstance(model, City) else None
    known = {name: source for pack in library.packs.values() for name, source in pack.sources.items()}
    known |= getattr(model, "sources", {})
    for key, record in records(model):
        reason = _reason(record, city, today)
        if key and (reason or ahead):
            pages = tuple(known[name] for name in record.source if name in known)
            yield Due(path, key, document.line(key), reason or "fresh", pages, _written(document.data, key))


def confirm(fact: Due, team: str, today: date) -> None:
    """Note that somebody has read the source of a fact and that it is true.

    Args:
        fact: the fact.
        team: the team that read it; never a person's name.
        today: the day it was read.
    """
    _stamp(fact, {"status": "verified", "checked": today, "by": team})


def withdraw(fact: Due) -> None:
    """Make a fact a draft: residents no longer see it."""
    _stamp(fact, {"status": "draft"})


def _stamp(fact: Due, values: dict[str, Any]) -> None:
    file = EditedFile(fact.path)
    for name, value in values.items():
        file.set((*fact.key, name), value)
    file.save()


def _reason(record: Record, city: City | None, today: date) -> Reason | None:
    if record.status != "verified":
        return record.status
    state = freshness.state(record.checked, review_period(record, city), today)
    return state if state in ("due", "overdue") else None


def _written(data: Any, key: Key) -> dict[str, Any]:
    for part in key:
        data = data[part]
    return data
