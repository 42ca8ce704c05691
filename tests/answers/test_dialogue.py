"""One turn in, one Reply out: the table of kinds, topics and facets that every surface relies on."""

from datetime import date

import pytest

from rightsdesk.answers.dialogue import Dialogue, State, Turn
from rightsdesk.answers.reply import Reply
from rightsdesk.knowledge.library import Library

TODAY = date(2026, 11, 23)


def respond(
    library: Library, intent: str, state: State | None = None, today: date = TODAY, **turn
) -> tuple[Reply, State]:
    turn = {"text": "some words here", "page_city": "leipzig", "page_language": "en", **turn}
    return Dialogue(library, today).respond(Turn(intent=intent, **turn), state or State())


ON_ACCESS = State(topic="data_access", city="leipzig", language="en")


@pytest.mark.parametrize(
    ("intent", "state", "kind", "topic", "facet"),
    [
        ("data_access", State(), "answer", "data_access", None),
        ("idrd_about", State(), "answer", "idrd_about", None),
        ("deadline", ON_ACCESS, "answer", "data_access", "deadline"),
        ("explain_simpler", ON_ACCESS, "answer", "data_access", "explain_simpler"),
        ("tell_more", ON_ACCESS, "answer", "data_access", "tell_more"),
        ("show_sources", ON_ACCESS, "answer", "data_access", "show_sources"),
        ("deadline", State(), "conversation", "deadline", None),
        ("show_sources", State(), "conversation", "show_sources", None),
        ("request_followup", ON_ACCESS, "answer", "request_followup", None),
        ("make_letter", State(), "answer", "make_letter", None),
        ("human", ON_ACCESS, "handover", "human", None),
        ("own_case", State(), "handover", "own_case", None),
        ("greet", State(), "conversation", "greet", None),
        ("bot_identity", State(), "conversation", "bot_identity", None),
        ("legal_advice", State(), "conversation", "legal_advice", None),
        ("chitchat", State(), "conversation", "chitchat", None),
        ("emergency", State(), "emergency", "emergency", None),
        ("nlu_fallback", State(), "clarify", None, None),
        ("out_of_scope", State(), "out_of_scope", "out_of_scope", None),
    ],
)
def test_kinds(library: Library, intent: str, state: State, kind: str, topic: str | None, facet: str | None) -> None:
    candidates = (("data_access", 0.4), ("data_erasure", 0.3), ("dpo_contact", 0.1))
    reply, _ = respond(library, intent, state, candidates=candidates)
    assert (reply.kind, reply.topic, reply.facet) == (kind, topic, facet)
    assert reply.text and len(reply.candidates) == 3
    if kind == "answer":
        assert reply.card


def test_a_new_language_repeats_the_current_answer(library: Library) -> None:
    reply, state = respond(library, "set_language", ON_ACCESS, text="auf deutsch bitte", text_language="de")
    assert (reply.kind, reply.topic, reply.facet, reply.language) == ("answer", "data_access", "set_language", "de")
    assert state.language == "de" and state.topic == "data_access"
    assert reply.card and reply.card.title == library.topics["data_access"].title["de"]


@pytest.mark.parametrize(("said", "language"), [("suomeksi kiitos", "fi"), ("en français", "fr"), ("in english", "en")])
def test_languages_are_named_in_any_language(library: Library, said: str, language: str) -> None:
    reply, state = respond(library, "set_language", State(language="de"), text=said)
    assert state.language == language and reply.language == language


def test_a_new_city_repeats_the_answer_with_its_contacts(library: Library) -> None:
    reply, state = respond(library, "set_city", ON_ACCESS, text="I live in Helsinki")
    assert (reply.kind, reply.city, state.city) == ("answer", "helsinki", "helsinki")
    assert reply.card and "leipzig.de" not in reply.text


def test_a_page_that_names_the_city_offers_the_other_page(library: Library) -> None:
    reply, state = respond(library, "set_city", ON_ACCESS, text="what about Bordeaux", fixed_city=True)
    assert state.city == "leipzig" and reply.city == "leipzig"
    assert any("bordeaux" in button.payload for button in reply.buttons)


def test_an_unknown_city_gets_the_list(library: Library) -> None:
    reply, _ = respond(library, "set_city", text="I live in Timbuktu", page_city=None)
    assert reply.kind == "conversation"
    assert all(name in reply.text for name in ("Leipzig", "Helsinki", "Bordeaux"))


def test_a_city_named_in_passing_is_taken(library: Library) -> None:
    reply, state = respond(library, "data_access", text="what does Helsinki know about me", page_city=None)
    assert state.city == "helsinki" and reply.card and reply.card.contacts


def test_it_never_asks_twice(library: Library) -> None:
    first, state = respond(library, "nlu_fallback", candidates=(("data_access", 0.4), ("scams", 0.3)))
    assert [button.payload for button in first.buttons] == ["/data_access", "/scams", "/none_of_these"]
    second, _ = respond(library, "nlu_fallback", state)
    assert second.kind == "clarify" and second.card and second.card.contacts
    assert "/scams" not in [button.payload for button in second.buttons]


def test_yes_after_an_offer_takes_it_and_no_leads_to_people(library: Library) -> None:
    _, state = respond(library, "nlu_fallback", candidates=(("scams", 0.4), ("data_access", 0.3)))
    taken, _ = respond(library, "affirm", state)
    assert taken.topic == "scams"
    people, _ = respond(library, "deny", state)
    assert people.card and people.card.contacts


def test_danger_begins_with_the_number(library: Library) -> None:
    for language in ("en", "de", "fi", "fr"):
        reply, _ = respond(library, "emergency", page_language=language)
        assert "112" in reply.text.split(".")[0]


def test_a_reply_that_is_not_sure_names_the_number_where_danger_is_possible(library: Library) -> None:
    for intent in ("nlu_fallback", "out_of_scope"):
        worried, _ = respond(library, intent, candidates=(("data_access", 0.4), ("emergency", 0.1), ("scams", 0.1)))
        assert worried.text.startswith("Are you in danger right now? Call 112")
        calm, _ = respond(library, intent, candidates=(("data_access", 0.4), ("scams", 0.1), ("emergency", 0.0)))
        assert "danger" not in calm.text.split("\n")[0]


def test_out_of_scope_names_the_office(library: Library) -> None:
    reply, _ = respond(library, "out_of_scope", text="I need a new passport", text_language="en")
    assert any(letter.isdigit() for letter in reply.text)
    other, _ = respond(library, "out_of_scope", text="who won the football", text_language="en")
    assert reply.text != other.text


def test_a_language_we_do_not_speak_gets_a_line_in_it_and_a_person(library: Library) -> None:
    reply, _ = respond(library, "out_of_scope", text="kto mnie nagrywa", text_language="pl")
    assert reply.text.startswith("Niestety")
    assert "Deutsch" in reply.text and "한국어" in reply.text and "{" not in reply.text
    assert "0341" in reply.text


@pytest.mark.parametrize(
    ("text", "today", "in_text", "in_card"),
    [
        ("what is on this year", date(2026, 11, 23), "10–11 December 2026", None),
        ("what was there last year", date(2026, 11, 23), "10–11 December 2025", "Digital Rights for All"),
        ("events 2025", date(2026, 11, 23), "10–11 December 2025", "Digital Rights for All"),
        ("what is on", date(2025, 12, 1), "10–11 December 2025", "Digital Rights for All"),
    ],
)
def test_the_days_roll_over_by_the_day(
    library: Library, text: str, today: date, in_text: str, in_card: str | None
) -> None:
    reply, _ = respond(library, "idrd_events", text=text, today=today)
    assert in_text in reply.text
    names = " ".join(str(event["name"]) for event in reply.card.events) if reply.card else ""
    assert (in_card in names) if in_card else names == ""


def test_what_do_you_know_about_me_prints_the_memory(library: Library) -> None:
    reply, _ = respond(library, "bot_privacy", ON_ACCESS, memory=("who films me", "call [number]"))
    assert "“who films me”" in reply.text and "“call [number]”" in reply.text and "Leipzig" in reply.text


def test_the_reply_speaks_the_residents_language_not_the_pages(library: Library) -> None:
    reply, state = respond(library, "data_access", text="was weiß die stadt über mich", text_language="de")
    assert reply.language == "de" and state.language == "de"
    short, _ = respond(library, "thank", State(language="de"), text="ok", text_language="fi")
    assert short.language == "de"


def test_an_extra_topic_of_a_city_is_answered_there(library: Library) -> None:
    reply, _ = respond(library, "leipzig__leipzig_app")
    assert reply.kind == "answer" and reply.card
    assert "settings" in reply.card.steps[0]
    assert [contact["role"] for contact in reply.card.contacts] == ["dpo", "smart_city", None]
    elsewhere, _ = respond(library, "leipzig__leipzig_app", page_city="bordeaux", page_language="fr")
    assert elsewhere.kind == "clarify"
