"""What is on in a city: events of the International Digital Rights Days and of the city itself."""

from __future__ import annotations

import re
from datetime import date

from rightsdesk.answers.wording import Wording
from rightsdesk.knowledge.models import Days, Event
from rightsdesk.knowledge.resolution import Locality

YEAR = re.compile(r"\b(20[2-3]\d)\b")


def edition_asked(text: str, wording: Wording, days: Days, today: date) -> str:
    """Tell which edition of the Days a question is about.

    Args:
        text: what the resident wrote.
        wording: interface words; `last_year_words` lists how people say it.
        days: the editions.
        today: the day to look from.

    Returns:
        The year of an edition that is known: the one named, last year's, or the one that comes next.
    """
    for year in YEAR.findall(text):
        if year in days.editions:
            return str(year)
    words = [word.strip() for word in wording.say("last_year_words").split(",")]
    last = str(today.year - 1)
    if last in days.editions and any(word and word in text.lower() for word in words):
        return last
    return days.edition_for(today)[0]


def city_events(locality: Locality, edition: str, today: date) -> dict[str, Event]:
    """Find the events of a city that belong to an edition, or that are still to come when the edition is.

    Args:
        locality: the city.
        edition: a year.
        today: the day to look from.
    """
    chosen = {}
    for name, event in locality.events.items():
        ends = event.end or event.start
        upcoming = ends is not None and ends >= today
        if event.edition == edition or (upcoming and edition >= str(today.year)):
            chosen[name] = event
    return dict(sorted(chosen.items(), key=lambda item: item[1].start or date.max))


def event_dict(name: str, event: Event, wording: Wording, days: Days | None) -> dict[str, object]:
    """Return an event as the card shows it; what is unknown is said, never guessed."""
    edition = days.editions.get(event.edition or "") if days else None
    if event.start:
        when = wording.days(event.start, event.end or event.start)
        if event.time:
            when += f", {event.time}"
    elif edition:
        when = wording.say("part_of_edition", year=event.edition, days=wording.days(edition.start, edition.end))
    else:
        when = str(event.edition)
    price = wording.pick(event.price) if event.price else "unknown"
    return {
        "id": name,
        "name": wording.pick(event.name),
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "edition": event.edition,
        "kind": event.kind,
        "city": event.city,
        "when": when,
        "where": wording.pick(event.where) if event.where else None,
        "about": wording.pick(event.about) if event.about else None,
        "price": wording.say("price_unknown") if price == "unknown" else price,
        "step_free": event.step_free,
        "url": event.url,
    }
