"""Dialogues with the real agent: tests/conversations/dialogues.yml."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

FILE = Path(__file__).resolve().parent.parent / "conversations" / "dialogues.yml"
DIALOGUES = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_there_are_enough_dialogues() -> None:
    assert len(DIALOGUES) >= 25


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue["name"] for dialogue in DIALOGUES])
def test_dialogue(talk: Callable[..., dict], dialogue: dict) -> None:
    for step in dialogue["steps"]:
        reply = talk(
            step.get("say", ""), step.get("payload", ""), city=dialogue.get("city"), language=dialogue.get("lang")
        )
        said = f"{step.get('say') or step.get('payload')} → {reply['kind']} {reply['topic']} {reply['candidates']}"
        for field in ("kind", "topic", "facet", "language", "city"):
            if field in step:
                assert reply[field] == step[field], said
        if "text" in step:
            assert step["text"] in reply["text"], f"{said}\n{reply['text']}"
        if "not" in step:
            assert step["not"] not in reply["text"], said
