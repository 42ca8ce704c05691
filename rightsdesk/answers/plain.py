"""A card as plain text: complete without the card, for channels that show only text."""

from __future__ import annotations

from datetime import date

from rightsdesk.answers.cards import contact_line
from rightsdesk.answers.reply import Card
from rightsdesk.answers.wording import Wording


def plain(card: Card, wording: Wording) -> str:
    """Write a card as text.

    Args:
        card: the card.
        wording: the interface words in the card's language.

    Returns:
        Paragraphs in the fixed order of a card, separated by blank lines.
    """
    steps = [f"{number}. {step}" for number, step in enumerate(card.steps, 1)]
    rights = [" ".join(filter(None, [str(right["text"]), str(right["url"])])) for right in card.right]
    blocks = [
        "\n".join(filter(None, [card.language_note, card.title, card.short])),
        _block(wording, "what_you_can_do", steps),
        "\n".join(card.local),
        _block(wording, "but", [f"- {item}" for item in card.but]),
        _block(wording, "your_right", rights),
        _block(wording, "who_helps", [_contact(contact, wording) for contact in card.contacts]),
        _block(wording, "places", [_place(place, wording) for place in card.places]),
        _block(wording, "technologies", [_technology(item) for item in card.technologies]),
        _block(wording, "events", [_event(event) for event in card.events]),
        _letter(card, wording),
        "\n".join(filter(None, [card.note, _checked(card, wording)])),
    ]
    return "\n\n".join(block for block in blocks if block)


def _block(wording: Wording, heading: str, lines: list[str]) -> str:
    return "\n".join([wording.say("with_colon", heading=wording.say(heading)), *lines]) if lines else ""


def _contact(contact: dict[str, object], wording: Wording) -> str:
    line = contact_line(contact, wording)
    rest = [str(contact[key]) for key in ("address", "note") if contact.get(key)]
    return " · ".join([line, *(text for text in rest if text not in line)])


def _place(place: dict[str, object], wording: Wording) -> str:
    parts = [str(place[key]) for key in ("name", "address", "phone", "url", "note") if place.get(key)]
    if place.get("step_free") == "unknown":
        parts.append(wording.say("step_free_unknown"))
    return " · ".join(parts)


def _technology(item: dict[str, object]) -> str:
    return " · ".join(str(item[key]) for key in ("name", "near", "about") if item.get(key))


def _event(event: dict[str, object]) -> str:
    return " · ".join(str(event[key]) for key in ("name", "when", "where", "about", "url") if event.get(key))


def _letter(card: Card, wording: Wording) -> str:
    if not card.letter:
        return ""
    return wording.say("letter_ready", title=card.letter["title"])


def _checked(card: Card, wording: Wording) -> str:
    if not card.checked:
        return ""
    day = wording.day(date.fromisoformat(card.checked))
    return wording.say("checked_by", day=day, by=card.checked_by or "")
