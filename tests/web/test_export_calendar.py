"""Copies in files hold calendar files, and say nothing about the present moment."""

import re

import icalendar
import pytest
from conftest import EVENT, add_to
from test_export import export


@pytest.fixture
def with_event(data):
    add_to(data / "cities/barcelona.yml", EVENT)
    return data


def test_the_twin_has_the_calendar_file_that_it_links_to(with_event, tmp_path) -> None:
    done = export("barcelona", tmp_path / "twin", data=with_event)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "twin/es/t/idrd_events.html").read_text(encoding="utf-8")
    (link,) = re.findall(r'<a class="calendar" href="([^"]+)">', page)
    written = (tmp_path / "twin/es/t" / link).read_bytes()
    assert b"\r\n" in written and b"\r\r\n" not in written
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event["SUMMARY"] == "Tarde sobre cámaras"
    assert {path.name for path in (tmp_path / "twin").rglob("*.ics")} == {"an-evening.ics"}


def test_copies_do_not_say_what_is_open_now(with_event, tmp_path) -> None:
    for option in ((), ("--booklet",)):
        folder = tmp_path / f"copy{len(option)}"
        done = export("barcelona", folder, *option, data=with_event)
        assert done.returncode == 0, done.stderr
        pages = [path.read_text(encoding="utf-8") for path in folder.rglob("*.html")]
        assert any("8:30-20:00" in page for page in pages)
        assert not any("open-now" in page for page in pages)


def test_the_booklet_links_to_no_calendar_file(with_event, tmp_path) -> None:
    done = export("barcelona", tmp_path / "paper", "--booklet", "--language", "es", data=with_event)
    assert done.returncode == 0, done.stderr
    booklet = (tmp_path / "paper/booklet.html").read_text(encoding="utf-8")
    assert "Tarde sobre cámaras" in booklet and ".ics" not in booklet
