"""What can be chosen next."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rightsdesk.answers.cards import Composer
from rightsdesk.answers.reply import Button
from rightsdesk.answers.wording import Wording
from rightsdesk.knowledge.models import FACETS, Topic
from rightsdesk.knowledge.resolution import Locality

START = ("data_access", "cctv_public", "automated_decision", "internet_access", "idrd_events", "rights_overview")
FACET_BUTTONS = ("deadline", "cost", "refused", "identity", "offline")
MAX_FACETS = 3
MAX_RELATED = 2
CITY_TOPIC = "city_topic"  # the intent of every topic that only one city has; the value `topic` names it
VALUES = {"facet", "city", "language", "topic"}


def payload(intent: str, **values: str) -> str:
    """Write a button's payload.

    Args:
        intent: a topic or conversation intent.
        values: what else the button says, such as `facet`.
    """
    if is_city_topic(intent):
        values, intent = {"topic": intent, **values}, CITY_TOPIC
    return f"/{intent}{json.dumps(values)}" if values else f"/{intent}"


def parse(text: str, intents: Iterable[str] | None = None) -> tuple[str, dict[str, str]] | None:
    """Read a payload that came back from a page.

    Args:
        text: what came back.
        intents: the intents that the button may name; any when None.

    Returns:
        The intent or topic and its values, or None when it is not a payload that we could have made.
    """
    if not text.startswith("/"):
        return None
    intent, brace, rest = text[1:].partition("{")
    if intents is not None and intent not in set(intents):
        return None
    try:
        values = json.loads(brace + rest) if brace else {}
    except ValueError:
        return None
    if not isinstance(values, dict) or not set(values) <= VALUES:
        return None
    if not all(
        isinstance(value, str) and value.replace("-", "").replace("_", "").isalnum() for value in values.values()
    ):
        return None
    return (values.pop("topic", ""), values) if intent == CITY_TOPIC else (intent, values)


def is_city_topic(name: str) -> bool:
    """Tell whether a topic is one that only one city has: `<city>__<topic>`."""
    return "__" in name


def start(wording: Wording, locality: Locality) -> list[Button]:
    """Offer the topics that most people begin with."""
    return for_names(START, locality, wording)


def for_names(names: Iterable[str], locality: Locality, wording: Wording) -> list[Button]:
    """Offer topics or conversation intents, without those that have no title in this place."""
    return [Button(title, payload(name)) for name in names if (title := title_of(name, locality, wording))]


def title_of(name: str, locality: Locality, wording: Wording) -> str:
    """Return the title of a topic or conversation intent as a button shows it; empty when it has none."""
    if name in locality.topics:
        return wording.pick(locality.topics[name].title)
    return wording.say(f"button_{name}") if wording.has(f"button_{name}") else ""


def for_topic(topic: Topic, locality: Locality, composer: Composer, without: str | None = None) -> list[Button]:
    """Offer follow-ups on a topic, simpler words, and the topics beside it.

    Args:
        topic: the topic just answered.
        locality: the place.
        composer: knows the resident's language.
        without: the follow-up just answered.
    """
    wording = composer.wording()
    facets = [facet for facet in FACET_BUTTONS if facet != without and facet in FACETS] if topic.rights else []
    chosen = [
        Button(wording.say(f"facet_button_{facet}"), payload(topic.id, facet=facet)) for facet in facets[:MAX_FACETS]
    ]
    if without and without in (*FACETS, "explain_simpler", "tell_more", "show_sources"):
        chosen.append(Button(wording.say("back_to_answer"), payload(topic.id)))
    elif topic.easy:
        chosen.append(Button(wording.say("facet_button_explain_simpler"), payload(topic.id, facet="explain_simpler")))
    return [*chosen, *for_names(topic.related, locality, wording)[:MAX_RELATED]]
