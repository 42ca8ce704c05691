"""Cards: ages, fallbacks, facets, letters, buttons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rightsdesk.answers import buttons
from rightsdesk.answers.cards import Composer, shorten
from rightsdesk.knowledge.fields import Period
from rightsdesk.knowledge.freshness import state
from rightsdesk.knowledge.library import Library

TODAY = date(2026, 11, 23)


def composer(library: Library, city: str = "leipzig", language: str = "en", today: date = TODAY) -> Composer:
    return Composer(library.place(city), library.ui, language, today)


def test_an_overdue_answer_says_so_itself(library: Library) -> None:
    topic = library.topics["data_access"]
    old = composer(library, today=TODAY + timedelta(days=700)).card(topic)
    assert old.review == "overdue"
    assert old.note and "2026" in old.note
    assert composer(library).card(topic).note is None


def test_contacts_that_nobody_confirmed_for_long_are_hidden(library: Library) -> None:
    topic = library.topics["data_access"]
    now = composer(library).card(topic).contacts[0]
    later = composer(library, today=TODAY + timedelta(days=3 * 365)).card(topic).contacts[0]
    assert now["phone"] or now["email"]
    assert not later.get("phone") and not later.get("email")
    assert "confirm" in str(later["note"])


@pytest.mark.parametrize(("days", "expected"), [(0, "fresh"), (359, "fresh"), (361, "due"), (541, "overdue")])
def test_review_states(days: int, expected: str) -> None:
    assert state(TODAY, Period(12, "months"), TODAY + timedelta(days=days)) == expected


def test_a_language_without_text_is_said(library: Library) -> None:
    topic = library.topics["data_access"]
    only_english = topic.copy(update={"short": {"en": topic.short["en"]}})
    card = composer(library, language="fr").card(only_english)
    assert card.language == "en"
    assert card.language_note and "anglais" in card.language_note


def test_facets_come_from_law_when_nobody_wrote_them(library: Library) -> None:
    topic = library.topics["data_access"].copy(update={"facets": {}})
    place = library.place("leipzig")
    law = place.laws["access"].copy(update={"facets": {}})
    bare = replace(place, laws={**place.laws, "access": law})
    card = Composer(bare, library.ui, "en", TODAY).facet(topic, "deadline")
    assert "within one month" in card.short and "two months" in card.short.replace("2 months", "two months")


def test_the_offline_facet_names_phone_or_address(library: Library) -> None:
    topic = library.topics["data_access"].copy(update={"facets": {}})
    card = composer(library).facet(topic, "offline")
    assert any(letter.isdigit() for letter in card.short)


def test_letters_carry_the_citys_address_and_leave_blanks_to_the_resident(library: Library) -> None:
    letter = composer(library, language="de").card(library.topics["data_access"], library.letters).letter
    assert letter
    assert letter["to"]["email"].endswith("leipzig.de")  # type: ignore[index]
    assert "____" in str(letter["body"]) and "{" not in str(letter["body"])


def test_short_answers_end_with_a_sentence() -> None:
    assert shorten("One. Two.") == "One. Two."
    long = shorten("This is a sentence of some length. " * 20)
    assert len(long) <= 300 and long.endswith(".")
    assert shorten("x" * 400).endswith("…")


@pytest.mark.parametrize(
    "forged",
    ["data_access", "/restart", "/data_access{", '/data_access{"slot": "x"}', '/data_access{"facet": ["x"]}',
     '/data_access{"facet": "<b>"}', "/data_access[1]", "//data_access", '/data_access{"facet": 1}'],
)  # fmt: skip
def test_payloads_that_we_could_not_have_made_are_refused(forged: str) -> None:
    assert buttons.parse(forged, ("data_access",)) is None


def test_our_own_payloads_are_read_back() -> None:
    made = buttons.payload("data_access", facet="cost")
    assert buttons.parse(made, ("data_access",)) == ("data_access", {"facet": "cost"})
