"""The day and the moment that answers look from."""

from datetime import date, datetime, timedelta, timezone

import pytest

from rightsdesk import settings


@pytest.mark.parametrize(
    ("written", "day", "hour"), [("2026-12-10", 10, 12), ("2026-12-10T23:30", 10, 23), ("2026-12-10T06:00", 10, 6)]
)
def test_a_day_may_have_a_time(monkeypatch: pytest.MonkeyPatch, written: str, day: int, hour: int) -> None:
    monkeypatch.setenv("RIGHTSDESK_TODAY", written)
    assert settings.today() == date(2026, 12, day)
    now = settings.now()
    assert (now.date(), now.hour, now.utcoffset()) == (date(2026, 12, day), hour, timedelta(0))


def test_without_a_setting_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RIGHTSDESK_TODAY")
    before = datetime.now(timezone.utc)
    assert before <= settings.now() <= datetime.now(timezone.utc)


@pytest.mark.parametrize("written", ["soon", "2026-12-10T25:00", "10.12.2026"])
def test_what_is_no_day_is_named(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("RIGHTSDESK_TODAY", written)
    for read in (settings.today, settings.now):
        with pytest.raises(settings.BadSetting, match="RIGHTSDESK_TODAY"):
            read()
