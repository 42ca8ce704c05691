"""`rightsdesk diff`: what residents of a city would see differently than at an earlier state of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rightsdesk.answers.cards import Composer
from rightsdesk.answers.reply import Card
from rightsdesk.knowledge.library import Library

SEEN = ("title", "short", "steps", "local", "but", "right", "contacts", "places", "technologies", "letter", "sources")


@dataclass(frozen=True)
class Change:
    """One thing that a resident would see differently.

    Attributes:
        part: the part of the card; `answer` when the whole answer came or went.
        before, after: what is shown; empty when nothing.
    """

    topic: str
    language: str
    part: str
    before: str
    after: str


def changes(before: Library, after: Library, city: str, languages: Iterable[str], today: date) -> Iterator[Change]:
    """Compare the answers of a city in two states of the files.

    Args:
        before: the earlier knowledge.
        after: the knowledge now.
        city: a city id.
        languages: the languages to compare.
        today: the day to look from, the same for both.
    """
    for language in languages:
        old, new = _cards(before, city, language, today), _cards(after, city, language, today)
        for topic in dict.fromkeys([*old, *new]):
            if topic not in old or topic not in new:
                shown = [cards[topic].short if topic in cards else "" for cards in (old, new)]
                yield Change(topic, language, "answer", *shown)
                continue
            earlier, now = asdict(old[topic]), asdict(new[topic])
            for part in SEEN:
                if earlier[part] != now[part]:
                    yield Change(topic, language, part, *_difference(earlier[part], now[part]))


def _cards(library: Library, city: str, language: str, today: date) -> dict[str, Card]:
    if city not in library.localities:
        return {}
    place = library.localities[city]
    edition = library.days.edition_for(today)[1] if library.days else None
    days = (edition.start, edition.end) if edition else None
    composer = Composer(place, library.ui, language, today, days, library.days.sources if library.days else None)
    return {name: composer.card(topic, library.letters) for name, topic in place.topics.items()}


def _difference(before: Any, after: Any) -> tuple[str, str]:
    """Keep of two lists only the items that differ."""
    if isinstance(before, list) and isinstance(after, list):
        gone, come = [item for item in before if item not in after], [item for item in after if item not in before]
        if gone or come:
            return _plain(gone), _plain(come)
    return _plain(before), _plain(after)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(_plain(item) for item in value.values() if item not in (None, "", [], False))
    return "" if value is None else str(value)
