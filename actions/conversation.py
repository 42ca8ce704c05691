"""From Rasa's tracker to a turn and the state of the conversation."""

from __future__ import annotations

from rasa_sdk import Tracker

from rightsdesk.answers.buttons import CITY_TOPIC
from rightsdesk.answers.dialogue import State, Turn


def turn_of(tracker: Tracker) -> Turn:
    """Read the latest message as our ranker and Rasa's payload handler understood it."""
    message = tracker.latest_message
    metadata = message.get("metadata") or next(
        (event.get("metadata") for event in reversed(tracker.events) if event["event"] == "user"), None
    )
    metadata = metadata or {}
    intent = message.get("intent") or {}
    ranking = message.get("intent_ranking") or []
    values = {item["entity"]: str(item["value"]) for item in message.get("entities") or []}
    name = intent.get("name") or "nlu_fallback"
    if name == CITY_TOPIC:
        name = values.pop("topic", ranking[0]["name"] if ranking else name)
    text = message.get("text") or ""
    return Turn(
        text="" if text.startswith("/") else text,
        intent=name,
        confidence=intent.get("confidence"),
        candidates=tuple((item["name"], item["confidence"]) for item in ranking),
        values=values,
        text_language=message.get("text_language"),
        also_asked=message.get("also_asked"),
        page_city=metadata.get("city"),
        page_language=metadata.get("language"),
        fixed_city=bool(metadata.get("fixed_city")),
        shortened=bool(metadata.get("shortened")),
        memory=tuple(
            event["text"]
            for event in tracker.events
            if event["event"] == "user" and event.get("text") and not event["text"].startswith("/")
        ),
    )


SLOTS = {"topic": "current_topic", "city": "current_city", "language": "current_language"}


def slots_of(state: State) -> dict[str, object]:
    """Return the slots that remember a state, with their values."""
    return {
        SLOTS.get(name, name): list(value) if isinstance(value, tuple) else value for name, value in vars(state).items()
    }


def state_of(tracker: Tracker) -> State:
    """Read what is remembered from the slots."""
    slots = tracker.slots
    return State(
        topic=slots.get("current_topic"),
        city=slots.get("current_city"),
        language=slots.get("current_language"),
        offered=tuple(slots.get("offered") or ()),
        misses=int(slots.get("misses") or 0),
    )
