"""What changed at a city in the last weeks: compared beside the server, never while somebody waits for a page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from rightsdesk.answers.changes import changes
from rightsdesk.knowledge.history import NoSuchRevision, data_at, revision_on
from rightsdesk.knowledge.library import Library, Shelf
from rightsdesk.web.pages import PageLocale

logger = logging.getLogger(__name__)

DAYS = 30
Kind = Literal["new", "changed", "same", "checked"]


@dataclass(frozen=True)
class Recent:
    """What is known of the last weeks of an answer.

    Attributes:
        kind: a new answer, a changed one, the same one; or, where no earlier state is known, what was checked.
        parts: the parts of the card that changed or were checked.
    """

    kind: Kind
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Compared:
    """The parts that changed, by topic, as seen from a state of the files and a day; None without an earlier state."""

    library: Library
    today: date
    parts: Mapping[str, tuple[str, ...]] | None


class News:
    """Compares the answers of a city with those of 30 days ago, when they are first asked for and when files change.

    The earlier state comes from the Git repository that the data folder is part of. Where there is none (or it is
    younger), the days on which facts were checked say what is known.
    """

    def __init__(self, data: Path) -> None:
        """Start no work yet.

        Args:
            data: the data folder.
        """
        self._data = data
        self._kept: dict[tuple[str, str], _Compared] = {}
        self._under_way: set[tuple[str, str]] = set()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="news")

    def prepare(self, where: PageLocale) -> None:
        """Begin to compare a city in a language, unless that was done since the files changed."""
        key = (where.city, where.language)
        kept = self._kept.get(key)
        current = kept is not None and kept.library is where.library and kept.today == where.today
        if not current and key not in self._under_way:
            self._under_way.add(key)
            self._worker.submit(self._compare, where)

    def of(self, where: PageLocale, topic: str) -> Recent | None:
        """Tell what is known of an answer; None while the first comparison is under way.

        Args:
            where: city and language.
            topic: a topic of this city.
        """
        self.prepare(where)
        kept = self._kept.get((where.city, where.language))
        if kept is None:
            return None
        if kept.parts is None:
            return Recent("checked", _checked(where, topic))
        parts = kept.parts.get(topic, ())
        return Recent("new") if parts == ("answer",) else Recent("changed" if parts else "same", parts)

    def _compare(self, where: PageLocale) -> None:
        key = (where.city, where.language)
        try:
            self._kept[key] = _Compared(where.library, where.today, self._parts(where))
        except Exception:  # the thread must live on; the page leaves the line out
            logger.exception("cannot tell what changed at %s", where.city)
        finally:
            self._under_way.discard(key)

    def _parts(self, where: PageLocale) -> Mapping[str, tuple[str, ...]] | None:
        revision = revision_on(self._data, where.today - timedelta(DAYS))
        if revision is None:
            return None
        try:
            with data_at(self._data, revision) as folder:
                before = _read(folder, where.city)
        except NoSuchRevision:
            return None
        if any(problem.severity == "error" for problem in before.problems):
            return None  # what cannot be read today would look as if it were new
        found: dict[str, tuple[str, ...]] = {}
        for change in changes(before, where.library, where.city, [where.language], where.today):
            found[change.topic] = (*found.get(change.topic, ()), change.part)
        return found


def _read(folder: Path, city: str) -> Library:
    """Read one city's knowledge; the files of other cities would only cost time."""
    for file in (folder / "cities").glob("*.yml"):
        if file.stem != city:
            file.unlink()
    return Shelf(folder).library()


def _checked(where: PageLocale, topic: str) -> tuple[str, ...]:
    """List the parts of a card of which something was checked lately."""
    since = where.today - timedelta(DAYS)
    records = where.composer.records(where.locality.topics[topic])
    return tuple(part for part, facts in records.items() if any(one.checked and one.checked > since for one in facts))
