"""The Reply: what every surface and `rightsdesk ask --json` get."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

SCHEMA = 1
SHORT_LIMIT = 300
Kind = Literal["answer", "clarify", "out_of_scope", "conversation", "emergency", "handover", "error"]
Candidate = tuple[str, float]


@dataclass
class Card:
    """One answer as structured data, in the order in which it is read.

    Attributes:
        short: the answer in at most 300 characters.
        local: what holds only in this city.
        but: the exceptions.
        right: law, article, url, and whether the entry is confirmed.
        note: what a reader must know about the age or source of the answer.
        language: the language of the card's texts.
    """

    title: str
    short: str
    steps: list[str] = field(default_factory=list)
    local: list[str] = field(default_factory=list)
    but: list[str] = field(default_factory=list)
    right: list[dict[str, Any]] = field(default_factory=list)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    letter: dict[str, Any] | None = None
    technologies: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    checked: str | None = None
    checked_by: str | None = None
    review: str | None = None
    note: str | None = None
    language: str = "en"
    language_note: str | None = None


@dataclass
class Button:
    """Something to choose next; the payload is `/intent` or `/intent{"facet": "cost"}`."""

    title: str
    payload: str


@dataclass
class Reply:
    """One answer of the assistant; the fields are explained in the table of the README's contract.

    Attributes:
        questions: where people are named, what the resident asked so far as it is remembered, to take along.
    """

    kind: Kind
    topic: str | None
    text: str
    language: str
    facet: str | None = None
    confidence: float | None = None
    candidates: list[Candidate] = field(default_factory=list)
    city: str | None = None
    text_language: str | None = None
    card: Card | None = None
    buttons: list[Button] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the Reply as plain data, as `contract/reply.schema.json` describes it."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "topic": self.topic,
            "facet": self.facet,
            "confidence": self.confidence,
            "candidates": [
                {"topic": topic, "confidence": round(confidence, 4)} for topic, confidence in self.candidates
            ],
            "city": self.city,
            "language": self.language,
            "text_language": self.text_language,
            "text": self.text,
            "card": asdict(self.card) if self.card else None,
            "buttons": [asdict(button) for button in self.buttons],
            "questions": self.questions,
        }


def failure(text: str, language: str = "en", city: str | None = None) -> Reply:
    """Make the reply for something that went wrong.

    Args:
        text: what went wrong and what to do, in plain words.
        language: the language of that text.
        city: the city, if known.
    """
    return Reply("error", None, text, language, city=city)
