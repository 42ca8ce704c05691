"""How old a checked fact may be: fresh, due, overdue, and when contacts are hidden."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from rightsdesk.knowledge.fields import Period
from rightsdesk.knowledge.models import Record

State = Literal["fresh", "due", "overdue"]
OVERDUE = 1.5
HIDDEN = 2.0
NO_REVIEW = Period(12, "months")  # where no city has set its own periods


def age(checked: date, period: Period, today: date) -> float:
    """Return how much of its review period a fact has used up; 1.0 means that the review is due."""
    return (today - checked).days / max(period.approximate_days, 1)


def state(checked: date | None, period: Period, today: date) -> State | None:
    """Tell whether a fact is still fresh.

    Args:
        checked: the day on which somebody read its source.
        period: how long it counts as fresh.
        today: the day to look from.

    Returns:
        fresh, due (from 100 % of the period), overdue (from 150 %); None when it was never checked.
    """
    if checked is None:
        return None
    used = age(checked, period, today)
    if used >= OVERDUE:
        return "overdue"
    return "due" if used >= 1 else "fresh"


def hidden(record: Record, period: Period, today: date) -> bool:
    """Tell whether contact details are so old (200 % of their period) that they must be confirmed first."""
    return record.checked is not None and age(record.checked, period, today) >= HIDDEN


def oldest(records: Iterable[Record]) -> Record | None:
    """Return the record that was checked longest ago; None when none has a day."""
    dated = [record for record in records if record.checked]
    return min(dated, key=lambda record: record.checked or date.max) if dated else None
