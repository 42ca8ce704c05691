"""Dates, deadlines and names in the resident's language."""

from datetime import date

import pytest

from rightsdesk.answers.wording import Filler, Wording
from rightsdesk.knowledge.fields import Period
from rightsdesk.knowledge.library import Library


def wording(library: Library, language: str) -> Wording:
    return Wording(library.ui, language, "de")


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", "10–11 December 2026"),
        ("de", "10.–11. Dezember 2026"),
        ("fi", "10.–11. joulukuuta 2026"),
        ("fr", "10–11 décembre 2026"),
        ("ko", "2026년 12월 10–11일"),
    ],
)
def test_days_in_words(library: Library, language: str, days: str) -> None:
    assert wording(library, language).days(date(2026, 12, 10), date(2026, 12, 11)) == days


@pytest.mark.parametrize(
    ("language", "period", "text"),
    [
        ("en", Period(1, "months"), "within one month"),
        ("de", Period(1, "months"), "innerhalb eines Monats"),
        ("fr", Period(2, "months"), "dans un délai de deux mois|dans un délai de 2 mois"),
        ("en", Period(20, "working days"), "within 20 working days"),
        ("fi", Period(2, "weeks"), "2 viikon kuluessa|kahden viikon kuluessa"),
    ],
)
def test_deadlines_are_data(library: Library, language: str, period: Period, text: str) -> None:
    assert wording(library, language).within(period) in text.split("|")


def test_a_text_that_a_language_lacks_comes_in_english(library: Library) -> None:
    ui = {language: words for language, words in library.ui.items() if language != "ko"}
    assert Wording(ui, "ko", "de").say("send") == library.ui["de"]["send"]
    assert Wording(ui, "ko", "en").say("send") == library.ui["en"]["send"]


def test_opening_hours_name_the_days_in_the_language(library: Library) -> None:
    hours = {"tue-fri": "10:00-19:00", "sat": "10:00-16:00"}
    assert wording(library, "de").hours(hours) == {"Di-Fr": "10:00-19:00", "Sa": "10:00-16:00"}
    assert wording(library, "fr").hours(hours) == {"mar-ven": "10:00-19:00", "sam": "10:00-16:00"}


def test_placeholders_are_filled_with_what_holds_here(library: Library) -> None:
    filler = Filler(library.place("leipzig"), wording(library, "en"), ("access",))
    text = filler.fill("{city}: {contact:dpo} answers {deadline}, else {authority}; {emergency}")
    assert text.startswith("Leipzig: ")
    assert "within one month" in text and "Saxon" in text and "112" in text and "{" not in text


def test_without_a_city_nothing_is_invented(library: Library) -> None:
    filler = Filler(library.place(None), Wording(library.ui, "en"), ("access",))
    text = filler.fill("{city} {contact:dpo} {phone:dpo} {authority} {emergency} {crisis}")
    assert "@" not in text and not any(letter.isdigit() for letter in text) and "{" not in text
