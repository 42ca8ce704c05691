"""Where each part of an answer comes from: part, file and line, text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import Record, Topic
from rightsdesk.knowledge.problems import did_you_mean
from rightsdesk.knowledge.resolution import Locality
from rightsdesk.languages import LANGUAGES, choose


@dataclass(frozen=True)
class Block:
    """One part of an answer and where it was written."""

    part: str
    place: str
    text: str


def explain(library: Library, city: str, topic: str, language: str) -> list[Block]:
    """List the parts of an answer with the file and line each comes from.

    Args:
        library: the knowledge.
        city: a city id.
        topic: a topic id.
        language: one of the eleven languages.

    Raises:
        ValueError: city, topic or language is unknown.
    """
    _known("city", city, [name for name in library.localities if name])
    locality = library.localities[city]
    _known("topic", topic, list(dict.fromkeys([*library.topics, *locality.topics])))
    _known("language", language, list(LANGUAGES))
    if topic not in locality.topics:
        raise ValueError(f"{city} hides the topic {topic}, or it is a draft.")
    return list(_blocks(locality, locality.topics[topic], language))


def _blocks(locality: Locality, topic: Topic, language: str) -> Iterator[Block]:
    default = locality.default_language
    answers = locality.answers.get(topic.id, [])
    replaced = next((answer for answer in reversed(answers) if answer.replace), None)
    body, owner = (replaced.replace, replaced) if replaced else (topic, topic)
    for part in ("title", "short", "steps", "but"):
        texts = getattr(topic if part == "title" else body, part)
        shown = choose(texts, language, default) if texts else None
        if shown:
            written = texts[shown]
            yield Block(
                f"{part} {shown}",
                _place(topic if part == "title" else owner),
                written if isinstance(written, str) else " / ".join(written),
            )
    for answer in answers:
        if answer.add:
            yield Block("add", _place(answer), answer.add[choose(answer.add, language, default) or default])
    for name in topic.legal:
        law = locality.laws.get(name)
        if law:
            yield Block(f"law {name}", _place(law), f"{_one(law.name, language, default)} ({law.status})")
        else:
            yield Block(f"law {name}", "nowhere", "no law pack of this city has this entry")
    for role in topic.contacts:
        contact, stands_in = locality.contact_for(role)
        if contact:
            note = " (stands in)" if stands_in else ""
            yield Block(f"contact {role}", _place(contact), _one(contact.name, language, default) + note)
        else:
            yield Block(f"contact {role}", "nowhere", "nobody is known for this role")
    for kind, entries in (("place", locality.places), ("technology", locality.technologies)):
        for entry in entries.values():
            if topic.id in entry.topics:  # type: ignore[attr-defined]
                yield Block(kind, _place(entry), _one(entry.name, language, default))  # type: ignore[attr-defined]


def _place(record: Record) -> str:
    path, line = record.origin or (None, None)
    return f"{path.parent.name}/{path.name}:{line}" if path else "?"


def _one(texts: dict[str, str], language: str, default: str) -> str:
    return texts.get("*") or texts[choose(texts, language, default) or default]


def _known(kind: str, word: str, known: list[str]) -> None:
    if word not in known:
        raise ValueError(f"There is no {kind} “{word}”.{did_you_mean(word, known)} Known: {', '.join(sorted(known))}.")
