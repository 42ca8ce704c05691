"""An event as a calendar file (RFC 5545), for the calendar of a resident."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from zoneinfo import ZoneInfo

import icalendar

from rightsdesk.answers.wording import Wording
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import Event

TIMES = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*[-–]\s*(\d{1,2})[:.](\d{2}))?")


def find(library: Library, city: str, name: str) -> Event | None:
    """Find an event that the pages of a city may show: its own, or one of the Days elsewhere.

    Args:
        library: the knowledge.
        city: a city id.
        name: the event's id.
    """
    elsewhere = library.days.events.get(name) if library.days else None
    found = library.place(city).events.get(name) or elsewhere
    return found if found and found.public else None


def upcoming(event: Event, today: date) -> bool:
    """Tell whether an event has a day that is not over, so that it fits into a calendar."""
    last = event.end or event.start
    return last is not None and last >= today


def calendar_file(library: Library, city: str, name: str, wording: Wording, today: date) -> str | None:
    """Write an event as a calendar file.

    Args:
        library: the knowledge.
        city: the city on whose pages it stands.
        name: the event's id.
        wording: the interface words of the resident.
        today: the day to look from.

    Returns:
        None where there is no such event, or its day is not known or over.
    """
    event = find(library, city, name)
    if event is None or event.start is None or not upcoming(event, today):
        return None
    entry = icalendar.Event()
    entry.add("uid", f"{name}@{city}.rights-desk")
    entry.add("dtstamp", datetime.combine(event.checked or today, clock(), timezone.utc))  # when it was last revised
    entry.add("summary", wording.pick(event.name))
    begin, end = _span(event, event.start, _zone(library, city, event))
    entry.add("dtstart", begin)
    if end:
        entry.add("dtend", end)
    if event.where:
        entry.add("location", wording.pick(event.where))
    if about := _about(event, wording):
        entry.add("description", about)
    if event.url:
        entry.add("url", event.url)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Rights Desk//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _span(event: Event, start: date, zone: ZoneInfo | None) -> tuple[date, date | None]:
    """Return begin and end: times where one day and its time are known for sure, else whole days."""
    match = TIMES.fullmatch(event.time.strip()) if event.time else None
    last = event.end or start
    if match is None or zone is None or last != start:
        return start, last + timedelta(days=1)  # the end of a calendar entry is not part of it
    try:
        begin = datetime.combine(start, clock(int(match[1]), int(match[2])), zone)
        end = datetime.combine(start, clock(int(match[3]), int(match[4])), zone) if match[3] else None
    except ValueError:
        return start, last + timedelta(days=1)
    return begin, end + timedelta(days=1) if end and end <= begin else end


def _zone(library: Library, city: str, event: Event) -> ZoneInfo | None:
    """Return the time zone of the city that an event takes place in; None where we do not know that city."""
    for name, known in library.cities.items():
        if event.city in known.city.name.values() if event.city else name == city:
            return ZoneInfo(known.city.timezone)
    return None


def _about(event: Event, wording: Wording) -> str:
    """Write what a calendar has no field for: what it is about, its time in words, the price."""
    price = wording.pick(event.price) if event.price else "unknown"
    parts = [wording.pick(event.about) if event.about else "", event.time or "", "" if price == "unknown" else price]
    return "\n".join(part for part in parts if part)
