"""Whether a counter or telephone is open at a moment, from the hours as a city writes them (`tue-fri: 10:00-19:00`).

Hours in any other form, such as “first Monday”, give no answer at all: half-understood hours would send people in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rightsdesk.answers.wording import DAYS, Wording

DAY_SPANS = re.compile(r"([a-z]{3})(?:\s*[-–]\s*([a-z]{3}))?")
TIME_SPANS = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class Opening:
    """Whether it is open.

    Attributes:
        open: whether it is open at the moment asked about.
        until: when that changes, on the clock of the city; None where it never closes.
    """

    open: bool
    until: datetime | None


def opening(hours: dict[str, str], now: datetime) -> Opening | None:
    """Tell whether it is open, and when that changes.

    Args:
        hours: times by days, as in a city's file.
        now: the moment, on the clock of the city.

    Returns:
        None where the hours cannot be read with certainty.
    """
    week = _week(hours)
    if week is None:
        return None
    now = now.replace(tzinfo=None)  # hours are wall-clock times; so is everything below
    for begin, end in _joined(sorted(_intervals(week, now))):
        if begin <= now < end:
            return Opening(True, end if end - now < timedelta(days=7) else None)
        if now < begin:
            return Opening(False, begin)
    return None


def opening_line(hours: dict[str, str], now: datetime, wording: Wording) -> str:
    """Say whether it is open, such as “Closed now, opens Tuesday 10:00”; empty where that is not certain.

    Args:
        hours: times by days, as in a city's file.
        now: the moment, on the clock of the city.
        wording: the interface words.
    """
    found = opening(hours, now)
    if found is None:
        return ""
    if found.until is None:
        return wording.say("open_always")
    time = wording.time(found.until)
    if found.open:
        return wording.say("open_until", time=time)
    ahead = (found.until.date() - now.date()).days
    if ahead == 0:
        return wording.say("opens_today", time=time)
    day = wording.weekday(found.until) if ahead < 7 else wording.day(found.until)  # “Tuesday” on a Tuesday is unclear
    return wording.say("opens_on", day=day, time=time)


def _week(hours: dict[str, str]) -> list[list[tuple[timedelta, timedelta]]] | None:
    """Read the times of each day from Monday to Sunday; None where anything is not clear."""
    week: list[list[tuple[timedelta, timedelta]]] = [[] for _ in DAYS]
    for days, times in hours.items():
        spans = _times(times)
        numbers = _days(days)
        if spans is None or numbers is None:
            return None
        for number in numbers:
            week[number] += spans
    return week


def _days(text: str) -> list[int] | None:
    numbers: list[int] = []
    for part in text.lower().split(","):
        match = DAY_SPANS.fullmatch(part.strip())
        if not match or not {match[1], match[2] or match[1]} <= set(DAYS):
            return None
        first, last = DAYS.index(match[1]), DAYS.index(match[2] or match[1])
        numbers += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return numbers


def _times(text: str) -> list[tuple[timedelta, timedelta]] | None:
    spans = []
    for part in text.split(","):
        match = TIME_SPANS.fullmatch(part.strip())
        if not match:
            return None
        hour, minute, last_hour, last_minute = map(int, match.groups())
        begin, end = timedelta(hours=hour, minutes=minute), timedelta(hours=last_hour, minutes=last_minute)
        if begin >= timedelta(days=1) or end > timedelta(days=1) or max(minute, last_minute) > 59:
            return None
        spans.append((begin, end if end > begin else end + timedelta(days=1)))  # 22:00-2:00 ends on the next day
    return spans


def _intervals(week: list[list[tuple[timedelta, timedelta]]], now: datetime) -> Iterator[Interval]:
    """Yield the intervals from yesterday, which may reach past midnight, to a week after tomorrow."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for ahead in range(-1, 9):
        day = midnight + timedelta(days=ahead)
        for begin, end in week[day.weekday()]:
            yield day + begin, day + end


def _joined(intervals: list[Interval]) -> list[Interval]:
    """Join intervals that touch or overlap, such as those of a service that never closes."""
    joined: list[Interval] = []
    for begin, end in intervals:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
