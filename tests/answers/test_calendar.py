"""Check 39: an event becomes a calendar file that other programs read, at the right local time."""

from dataclasses import replace
from datetime import date, datetime, timezone

import icalendar
import pytest

from rightsdesk.answers.calendar import calendar_file
from rightsdesk.answers.wording import Wording
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import Event

TODAY = date(2026, 11, 23)
LONG = "Ein Abend über Kameras; Löschfristen, Auskunft und „Wer filmt mich?“ " * 4


def file(library: Library, page: str = "leipzig", **fields: object) -> str | None:
    event = Event(**{"name": "Repair, evening; open to all", "start": "2026-12-10", "checked": "2026-11-21", **fields})
    event.status = "verified"
    place = replace(library.place(page), events={"evening": event})
    changed = replace(library, localities={**library.localities, page: place})
    return calendar_file(changed, page, "evening", Wording(library.ui, "de"), TODAY)


def entry(written: str | None) -> icalendar.Event:
    assert written
    (found,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("city", "zone", "hour_in_utc"), [("leipzig", "Europe/Berlin", 17), ("helsinki", "Europe/Helsinki", 16)]
)
def test_an_event_with_a_time(library: Library, city: str, zone: str, hour_in_utc: int) -> None:
    written = file(library, city, time="18:00-20:30", where={"de": "Stadtbibliothek, Raum 2"})
    assert written and f"DTSTART;TZID={zone}:20261210T180000\r\n" in written
    assert f"DTEND;TZID={zone}:20261210T203000\r\n" in written
    found = entry(written)
    assert found["DTSTART"].dt.astimezone(timezone.utc) == datetime(2026, 12, 10, hour_in_utc, tzinfo=timezone.utc)
    assert found["SUMMARY"] == "Repair, evening; open to all"
    assert found["LOCATION"] == "Stadtbibliothek, Raum 2"
    assert found["UID"] == f"evening@{city}.rights-desk"
    assert found["DTSTAMP"].dt == datetime(2026, 11, 21, tzinfo=timezone.utc)
    (known,) = icalendar.Calendar.from_ical(written).walk("VTIMEZONE")
    assert known["TZID"] == zone


def test_times_in_summer_and_past_midnight(library: Library) -> None:
    found = entry(file(library, start="2027-07-01", time="22:00–1:00"))
    assert found["DTSTART"].dt.astimezone(timezone.utc) == datetime(2027, 7, 1, 20, tzinfo=timezone.utc)
    assert found["DTEND"].dt.astimezone(timezone.utc) == datetime(2027, 7, 1, 23, tzinfo=timezone.utc)


@pytest.mark.parametrize("time", [None, "in the evening", "25:00", "10:00-10:75"])
def test_without_a_sure_time_it_takes_the_whole_day(library: Library, time: str | None) -> None:
    written = file(library, time=time)
    assert written and "TZID" not in written
    found = entry(written)
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2026, 12, 10), date(2026, 12, 11))
    assert time is None or time in found["DESCRIPTION"]


def test_several_days_are_whole_days(library: Library) -> None:
    found = entry(file(library, end="2026-12-12", time="10:00-18:00"))
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2026, 12, 10), date(2026, 12, 13))
    assert found["DESCRIPTION"] == "10:00-18:00"


def test_an_event_elsewhere_has_the_time_zone_of_its_city(library: Library) -> None:
    assert "DTSTART;TZID=Asia/Seoul:20261210T100000" in (file(library, time="10:00", city="Seoul") or "")
    unknown = file(library, time="10:00", city="Atlantis")
    assert unknown and "TZID" not in unknown


def test_long_and_odd_texts_are_folded_and_escaped(library: Library) -> None:
    written = file(library, about={"de": LONG})
    assert written
    lines = written.split("\r\n")
    assert len(lines) > 15 and "\n" not in written.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75
    assert entry(written)["DESCRIPTION"] == LONG


def test_events_without_a_day_or_over_have_no_file(library: Library) -> None:
    assert file(library, start="2026-11-23")
    assert file(library, start="2026-11-20", end="2026-11-23")
    assert file(library, start="2026-11-22") is None
    assert file(library, start=None, edition="2026") is None
    assert calendar_file(library, "leipzig", "nothing", Wording(library.ui, "en"), TODAY) is None
