"""The wrapper around the agent: masking, bounds, forgetting, odd input, and what the logs hold."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from rightsdesk.answers.question import Question

SCHEMA = json.loads((Path(__file__).resolve().parent.parent.parent / "docs" / "reply.schema.json").read_text())
Talk = Callable[..., dict]


def valid(reply: dict) -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(reply)
    assert len(reply["candidates"]) == 3 or reply["kind"] == "error"
    assert reply["kind"] != "answer" or reply["card"]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\x00\x01\x02", "👍", "<script>alert(1)</script>", "a" * 10_000, "x " * 5_000, "ÄÖÜ" * 50, "12 34 56 78 90",
        "/restart", "/session_start", '/set_city{"city": "helsinki"}', "누가 저를 촬영하나요", "من يصورني", "who\u200b films\u202e me",
        "WHO FILMS ME IN THE BUS", "whofilmsmeinthebus", "кто mich films", "{deadline} {contact:dpo}", "%s %d {0}", "\\n\\t\\x00",
        "nan", "null", "None", "[x](y)", "💣" * 500,
    ],
)  # fmt: skip
def test_whatever_is_typed_gets_a_valid_reply(talk: Talk, text: str) -> None:
    for city, language in (("leipzig", "de"), (None, None), ("nowhere", "xx")):
        reply = talk(text, city=city, language=language)
        valid(reply)
        assert "Traceback" not in reply["text"]


def test_a_very_long_text_is_understood_by_its_beginning_and_end(talk: Talk) -> None:
    text = (
        "I want a copy of everything the housing office holds about me. " + "bla " * 3_000 + "Please give me my file."
    )
    reply = talk(text, city="leipzig", language="en")
    valid(reply)
    assert "very long" in reply["text"].split("\n")[0]


def test_typed_payloads_do_not_act(talk: Talk) -> None:
    talk("I want to see my file at the housing office", city="leipzig", language="en")
    talk("/restart", city="leipzig", language="en")
    memory = talk("what do you know about me from this chat", city="leipzig", language="en")
    assert "“I want to see my file at the housing office”" in memory["text"]
    assert "“restart”" in memory["text"]


@pytest.mark.parametrize("payload", ["/restart", "/nonsense", "data_access", '/data_access{"x": 1}', "/data_access[0]"])
def test_invented_payloads_are_refused(talk: Talk, payload: str) -> None:
    reply = talk(payload=payload, city="leipzig", language="de")
    assert reply["kind"] == "error" and reply["text"]
    valid(reply)


def test_nothing_personal_is_kept(assistant, talk: Talk) -> None:
    talk("I am at anna.b@mail.test and 0341 123 2247, who sees my data", city="leipzig", language="en")
    kept = " ".join(str(entry) for entry in assistant._store._kept.values())
    assert "who sees my data" in kept, "nothing was kept: this test would prove nothing"
    assert "anna.b" not in kept
    assert "123 2247" not in kept


def test_forget_erases_the_conversation(assistant, talk: Talk) -> None:
    talk("I want to see my file at the housing office", city="leipzig", language="en")
    assert asyncio.run(assistant.forget(talk.conversation))
    reply = talk("how long do they have?", city="leipzig", language="en")
    assert reply["topic"] != "data_access"


def test_conversations_do_not_mix(assistant) -> None:
    first = Question("first", "I want to see my file at the housing office", city="leipzig", language="en")
    asyncio.run(assistant.reply(first))
    other = asyncio.run(assistant.reply(Question("other", "how long do they have?", city="leipzig", language="en")))
    assert other["topic"] != "data_access"


def test_the_log_holds_no_question(
    assistant, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rightsdesk.answers.dialogue import Dialogue

    def broken(*_: object) -> None:
        raise RuntimeError("zebracrossing")

    monkeypatch.setattr(Dialogue, "respond", broken)
    question = Question("log", "zebracrossing camera question", city="leipzig", language="de")
    reply = asyncio.run(assistant.reply(question))
    assert reply["kind"] == "error" and "zebra" not in reply["text"]
    valid(reply)
    monkeypatch.undo()
    asyncio.run(assistant.reply(Question("log", "/zebracrossing", city="leipzig")))
    out, err = capfd.readouterr()
    assert "zebra" not in out + err


def test_slim_serving_has_no_tensorflow(assistant) -> None:
    import sys

    assert "slim" in str(sys.modules["tensorflow"].__file__)
    assert not any(name.startswith("tensorflow.python") for name in sys.modules)
