"""Messages that could mean several topics get one question with choices; a second question is not lost."""

import pytest
from test_dialogue import respond

from rightsdesk.answers.dialogue import State
from rightsdesk.knowledge.library import Library
from rightsdesk.languages import LANGUAGES


@pytest.mark.parametrize(
    ("word", "language", "first"),
    [("Kamera", "de", "/cctv_public"), ("A letter!", "en", "/automated_decision"), ("해킹", "ko", "/data_breach")],
)
def test_a_bare_word_gets_the_question_that_untangles_it(
    library: Library, word: str, language: str, first: str
) -> None:
    reply, state = respond(library, "nlu_fallback", text=word, page_language=language)
    assert reply.kind == "clarify" and reply.buttons[0].payload == first
    assert reply.buttons[-1].payload == "/none_of_these"
    assert all(button.title in reply.text for button in reply.buttons[:-1])
    assert state.misses == 0


def test_hesitating_between_topics_of_a_path_asks_its_question_and_keeps_the_third(library: Library) -> None:
    candidates = (("private_camera", 0.3), ("cctv_footage", 0.28), ("children_data", 0.2))
    reply, state = respond(library, "nlu_fallback", text="they filmed my kid", candidates=candidates)
    assert reply.text.startswith("Which camera is it about?")
    payloads = [button.payload for button in reply.buttons]
    assert {"/private_camera", "/cctv_footage", "/children_data", "/none_of_these"} <= set(payloads)
    assert state.offered[0] == "private_camera"
    taken, _ = respond(library, "affirm", state, text="yes")
    assert taken.topic == "private_camera"


def test_a_letter_is_not_taken_for_granted(library: Library) -> None:
    candidates = (("data_access", 0.3), ("data_correction", 0.28), ("data_sharing", 0.2))
    reply, _ = respond(library, "nlu_fallback", text="who looked into my file", candidates=candidates)
    assert reply.text.startswith("I am not sure")


def test_unrelated_topics_get_the_plain_question(library: Library) -> None:
    candidates = (("device_repair", 0.3), ("idrd_events", 0.28), ("cctv_footage", 0.2))
    reply, _ = respond(library, "nlu_fallback", text="hm the thing there", candidates=candidates)
    assert reply.text.startswith("I am not sure")
    assert len(reply.buttons) == 4


def test_every_path_speaks_every_language(library: Library) -> None:
    assert len(library.guided_paths) >= 4
    for path in library.guided_paths.values():
        assert set(path.question) == set(path.words) == set(LANGUAGES)
        assert all(set(label) == set(LANGUAGES) for label in path.choices.values())
        for language in LANGUAGES:
            labels = [label[language] for label in path.choices.values()]
            assert len(set(labels)) == len(labels) >= 4


def test_a_second_question_is_offered_first(library: Library) -> None:
    reply, _ = respond(library, "data_access", State(), text="two questions", also_asked="cctv_public")
    assert reply.topic == "data_access"
    assert reply.text.startswith("You asked two things.") and reply.buttons[0].payload == "/cctv_public"
    alone, _ = respond(library, "data_access", text="one question", also_asked="data_access")
    assert "two things" not in alone.text
