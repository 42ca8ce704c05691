"""A city's answers to print: a booklet of all topics, and a sheet of cards with QR codes."""

from __future__ import annotations

from datetime import date
from typing import Any

from rightsdesk.knowledge.library import Library
from rightsdesk.web import pages
from rightsdesk.web.export import static_files
from rightsdesk.web.pages import Copy, PageLocale
from rightsdesk.web.qr import svg

CARDS_ON_A_SHEET = 8


def booklet(library: Library, city: str, copy: Copy, today: date) -> dict[str, str]:
    """Render the booklet, and the cards when it is known where they lead.

    Args:
        library: the knowledge.
        city: a city id.
        copy: the language (the first one counts), and where the service is.
        today: the day to look from.

    Returns:
        The text of each file, by name.
    """
    where = PageLocale(library, city, copy.languages[0], today, copy)
    style = (pages.STATIC / "print.css").read_text(encoding="utf-8")
    files = {"booklet.html": _booklet(where), "print.css": style, **static_files()}
    if copy.address:
        files["cards.html"] = _cards(where, copy.address)
    return files


def _booklet(where: PageLocale) -> str:
    chapters = []
    letters: dict[str, dict[str, Any]] = {}
    for group, topics in pages.grouped(where.locality, without=pages.CONVERSATION_TOPICS).items():
        entries = []
        for topic in topics:
            card = pages.card_of(where, topic.id)
            letter = card["letter"]
            if letter:
                letters[letter["id"]] = letter
            printed = {**card, "letter": None}
            entries.append({"id": topic.id, "card": printed, "label": pages.label(where, card), "letter": letter})
        chapters.append((group, entries))
    return pages.render(
        "booklet.html", where, chapters=chapters, letters=list(letters.values()), calendar_file=lambda _: ""
    )


def _cards(where: PageLocale, address: str) -> str:
    cards = []
    for topics in pages.grouped(where.locality, without=pages.CONVERSATION_TOPICS).values():
        for topic in topics:
            title = where.wording.pick(topic.title)
            link = f"{address}/{where.city}/{where.language}/t/{topic.id}"
            cards.append({"title": title, "link": link, "code": svg(link, title)})
    sheets = [cards[begin : begin + CARDS_ON_A_SHEET] for begin in range(0, len(cards), CARDS_ON_A_SHEET)]
    return pages.render("cards.html", where, sheets=sheets)
