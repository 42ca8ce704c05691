"""Open now, or closed until when: on the city's clock, and silent where the hours are not clear."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from rightsdesk.answers.opening import opening_line
from rightsdesk.answers.wording import Wording
from rightsdesk.knowledge.library import Library

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = {"tue": "9:00-12:00, 13:00-18:00", "thu-fri": "9:00-12:00"}
BAR = {"fri-sat": "22:00-2:00"}
ALWAYS = {"mon-sun": "0:00-24:00"}
# 23 November 2026 is a Monday.


def line(library: Library, hours: dict[str, str], day: int, clock: str, language: str = "en") -> str:
    hour, minute = map(int, clock.split(":"))
    now = datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)
    return opening_line(hours, now, Wording(library.ui, language, "de"))


@pytest.mark.parametrize(
    ("hours", "day", "clock", "said"),
    [
        (OFFICE, 23, "10:00", "Closed now, opens Tuesday 09:00"),
        (OFFICE, 24, "00:00", "Closed now, opens today at 09:00"),
        (OFFICE, 24, "08:59", "Closed now, opens today at 09:00"),
        (OFFICE, 24, "09:00", "Open now until 12:00"),
        (OFFICE, 24, "12:00", "Closed now, opens today at 13:00"),  # lunch
        (OFFICE, 24, "13:00", "Open now until 18:00"),
        (OFFICE, 24, "18:00", "Closed now, opens Thursday 09:00"),
        (OFFICE, 27, "23:59", "Closed now, opens Tuesday 09:00"),
        (BAR, 28, "00:30", "Open now until 02:00"),  # since Friday evening
        (BAR, 28, "02:00", "Closed now, opens today at 22:00"),
        (BAR, 29, "01:59", "Open now until 02:00"),
        (BAR, 29, "02:00", "Closed now, opens Friday 22:00"),
        (BAR, 27, "01:00", "Closed now, opens today at 22:00"),
        (ALWAYS, 23, "00:00", "Open now, day and night"),
        ({"mon": "8:00-24:00", "tue": "0:00-6:00"}, 23, "23:59", "Open now until 06:00"),
        ({"mon": "9:00-12:00", "mon-tue": "11:00-15:00"}, 23, "10:00", "Open now until 15:00"),
        ({"tue": "9:00-10:00"}, 24, "10:00", "Closed now, opens 1 December 2026 09:00"),
        ({"sat-mon": "9:00-17:00"}, 29, "12:00", "Open now until 17:00"),
        ({"Mon, Wed": "09.00–17.00"}, 24, "12:00", "Closed now, opens Wednesday 09:00"),
    ],
)
def test_what_is_open(library: Library, hours: dict[str, str], day: int, clock: str, said: str) -> None:
    assert line(library, hours, day, clock) == said


def test_each_language_writes_the_time_in_its_way(library: Library) -> None:
    assert line(library, OFFICE, 24, "10:00", "de") == "Jetzt geöffnet bis 12:00 Uhr"
    assert line(library, OFFICE, 23, "10:00", "de") == "Jetzt geschlossen, öffnet Dienstag 09:00 Uhr"
    assert "12.00" in line(library, OFFICE, 24, "10:00", "fi")


@pytest.mark.parametrize(
    "hours",
    [
        {"mon-fri": "9:00-17:00", "first sat": "10:00-12:00"},
        {"mon-fri": "by appointment"},
        {"mon-fri": "9-17"},
        {"mon-fri": "9:00-25:00"},
        {"mon-fri": "9:75-17:00"},
        {"xyz": "9:00-17:00"},
        {"mon-fri": ""},
        {},
    ],
)
def test_hours_that_are_not_clear_say_nothing(library: Library, hours: dict[str, str]) -> None:
    assert line(library, hours, 23, "10:00") == ""


def test_the_night_when_clocks_change(library: Library) -> None:
    before = datetime(2026, 10, 24, 23, 30, tzinfo=timezone.utc).astimezone(BERLIN)  # 1:30, summer time ends at 3:00
    for hours in range(4):
        now = before + timedelta(hours=hours)
        assert opening_line({"sun": "1:00-6:00"}, now, Wording(library.ui, "en")) == "Open now until 06:00"


def test_nothing_is_said_about_holidays(library: Library) -> None:
    for words in library.ui.values():
        for key in ("open_until", "open_always", "opens_today", "opens_on"):
            assert "holiday" not in words.get(key, "").lower() and "feiertag" not in words.get(key, "").lower()


def test_every_city_has_hours_that_can_be_read(library: Library) -> None:
    checked = 0
    for place in library.localities.values():
        for item in [*place.contacts.values(), *place.places.values()]:
            if item.hours:
                checked += 1
                assert line(library, item.hours, 23, "10:00"), item.hours
    assert checked > 20
