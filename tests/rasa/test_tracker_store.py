"""Conversations expire, are bounded, and stay quick however long they get."""

import asyncio
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(assistant):
    from rasa.shared.core.domain import Domain

    from rightsdesk.rasa.tracker_store import ExpiringTrackerStore

    clock = Clock()
    made = ExpiringTrackerStore(Domain.load(str(ROOT / "domain.yml")), most=3, clock=clock)
    made.clock = clock
    return made


def tracker(store, name: str, texts: list[str]):
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    made = store.init_tracker(name)
    for text in texts:
        made.update(ActionExecuted("action_listen"))
        made.update(UserUttered(text, intent={"name": "greet"}))
        made.update(SlotSet("current_topic", "data_access"))
        made.update(BotUttered("a long answer", metadata={"reply": {"text": "a long answer"}}))
    return made


def test_a_conversation_expires_after_thirty_idle_minutes(store) -> None:
    asyncio.run(store.save(tracker(store, "a", ["hello"])))
    store.clock.now += 29 * 60
    assert asyncio.run(store.retrieve("a")) is not None
    store.clock.now += 2 * 60
    assert asyncio.run(store.retrieve("a")) is None
    assert list(asyncio.run(store.keys())) == []


def test_memory_is_bounded(store) -> None:
    for name in "abcde":
        asyncio.run(store.save(tracker(store, name, ["hello"])))
    assert list(asyncio.run(store.keys())) == ["c", "d", "e"]


def test_what_is_kept_is_masked_and_without_the_bots_words(store) -> None:
    asyncio.run(store.save(tracker(store, "a", ["call 0341 123 2247"])))
    kept = store._kept["a"][1]
    assert "[number]" in kept and "2247" not in kept and "long answer" not in kept


def test_slots_survive_when_old_turns_are_dropped(store) -> None:
    asyncio.run(store.save(tracker(store, "a", [f"question {number}" for number in range(200)])))
    events = json.loads(store._kept["a"][1])
    assert len(events) < 200
    again = asyncio.run(store.retrieve("a"))
    assert again.get_slot("current_topic") == "data_access"
    assert again.latest_message.text == "question 199"


def test_forgetting_tells_whether_there_was_something(store) -> None:
    asyncio.run(store.save(tracker(store, "a", ["hello"])))
    assert asyncio.run(store.forget("a")) is True
    assert asyncio.run(store.forget("a")) is False
