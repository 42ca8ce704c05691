"""The help desk of library staff, rendered: search, topic with its ways to hand it on, print sheets. No server here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from rightsdesk.answers.wording import Filler
from rightsdesk.knowledge.resolution import own_topic_id
from rightsdesk.web import pages, search
from rightsdesk.web.news import DAYS, Recent
from rightsdesk.web.pages import PageLocale
from rightsdesk.web.qr import svg
from rightsdesk.web.search import Index, Learnt

SIZES = ("normal", "large")
PART_LABELS = {  # what a part of a card is called on the page
    **dict.fromkeys(("title", "short"), "desk_part_answer"),
    "steps": "what_you_can_do",
    "local": "in_city",
    "right": "your_right",
    "contacts": "who_helps",
}
NOT_ON_PAPER = ("letter", "sources")
SETTINGS = ((1_850, ""), (2_150, "dense"))  # most letters of a card that fit on one sheet, by how it is set
TIGHTEST = "tight"


@dataclass(frozen=True)
class View:
    """How a topic is shown.

    Attributes:
        simple: the answer in the simplest words.
        beside: a second language, shown beside the first; empty for none.
        size: `normal` or `large` for the print sheet; empty for the working page.
        code: only the code to scan, large, for showing the screen.
    """

    simple: bool = False
    beside: str = ""
    size: str = ""
    code: bool = False

    def query(self) -> str:
        """Write it as the query of an address, with its question mark; empty for the plain view."""
        values = {
            "simple": "yes" if self.simple else "",
            "with": self.beside,
            "print": self.size,
            "show": "code" if self.code else "",
        }
        written = urlencode({name: value for name, value in values.items() if value})
        return f"?{written}" if written else ""


def view(arguments: dict[str, str], where: PageLocale) -> View:
    """Read a view from the query of an address; what is unknown there is left out."""
    beside = arguments.get("with", "")
    size = arguments.get("print", "")
    return View(
        simple=arguments.get("simple") == "yes",
        beside=beside if beside in where.library.ui and beside != where.language else "",
        size=size if size in SIZES else "",
        code=arguments.get("show") == "code",
    )


def index(where: PageLocale, learnt: Learnt | None) -> Index:
    """Make the search index of a city and language.

    Args:
        where: city and language.
        learnt: what example questions taught about words, if there are any in this language.
    """
    start = learnt.start if learnt else {}
    topics = {name: _texts(where, name, everything=name not in start) for name in where.locality.topics}
    return search.make(topics, start, learnt.words if learnt else {})


def cities(where: PageLocale) -> str:
    """Render the choice of a city."""
    links = [(f"/desk{link}", name) for link, name in pages.city_links(where)]
    heading = where.wording.say("desk_title")
    return pages.render(
        "text.html", where, heading=heading, paragraphs=[where.wording.say("choose_city")], cities=links, contacts=[],
        other_language=lambda code: f"/desk/?lang={code}",
    )  # fmt: skip


def start(where: PageLocale, typed: str = "", found: list[str] | None = None, framed: bool = False) -> str:
    """Render the desk: search field, all topics, and who deals with other matters.

    Args:
        where: city and language.
        typed: what was searched for, without JavaScript.
        found: the topics found, best first; None when nothing was searched for.
        framed: the page is shown inside another one, and leaves the focus there.
    """
    groups = pages.listed(where)
    titles = {topic["id"]: topic["title"] for _, topics in groups for topic in topics}
    hits = [{"id": name, "title": titles[name]} for name in found or []]
    values = {"groups": groups, "typed": typed, "searched": found is not None, "hits": hits, "framed": framed}
    return _render("desk.html", where, "", **values, referrals=_referrals(where))


def topic(where: PageLocale, name: str, shown: View, origin: str, recent: Recent | None = None) -> str:
    """Render a topic for the desk.

    Args:
        where: city and language.
        name: a topic of this city.
        shown: how to show it.
        origin: scheme and host of the public address, for the code that a resident scans.
        recent: what is known of the answer's last weeks.
    """
    facet = "explain_simpler" if shown.simple else ""
    reply = pages.reply_to(where, name, facet)
    columns = [_column(where, reply["card"])]
    if shown.beside:
        other = replace(where, language=shown.beside)
        columns.append(_column(other, pages.card_of(other, name, facet)))
    permalink = f"/{where.city}/{shown.beside or where.language}/t/{name}"
    address = f"{origin}{permalink}"
    values = {
        "name": name,
        "shown": shown,
        "columns": columns,
        "text": f"{reply['text']}\n\n{address}",
        "permalink": permalink,
        "address": address,
        "code": svg(address, where.wording.say("desk_code_for", address=address)),
        "notes": _staff_notes(where, name),
        "recent": _recent_line(where, recent),
        "neighbours": _neighbours(where, name),
        "others": [pair for pair in pages.languages(where) if pair[0] != where.language],
        "with_view": lambda **change: replace(shown, **change).query() or "?",
        "setting": next((name for most, name in SETTINGS if _letters(reply["card"]) <= most), TIGHTEST),
        "printed": where.wording.say("desk_printed", day=where.wording.day(where.today)),
        **_responsible(where, reply["card"]["title"], address),
    }
    return _render("desk_topic.html", where, name, **values)


def not_here(where: PageLocale) -> str:
    """Render that the city has no such topic, with the way on."""
    return _render("desk_missing.html", where, "")


def _render(template: str, where: PageLocale, topic: str, **values: Any) -> str:
    pick = where.wording.pick
    cities = [(name, pick(city.city.name)) for name, city in where.library.cities.items()]
    desk = f"/desk/{where.city}/{where.language}"
    choices: dict[str, Any] = {
        "desk": desk,
        "topic_id": topic,
        "cities": sorted(cities, key=lambda city: city[1]),
        "city_contact": where.composer.contact_dict("front_desk"),
    }
    return pages.render(template, where, **choices, **values)


def _texts(where: PageLocale, name: str, everything: bool) -> tuple[str, str]:
    """Return a topic's title and the words to find it by: what only this city has, or all that is written about it."""
    found = where.locality.topics[name]
    card = where.composer.card(found)
    texts = [*card.local, *(where.wording.pick(text) for text in found.facets.values())]
    texts += [str(item[key]) for item in card.technologies for key in ("name", "near", "about") if item[key]]
    if everything:
        texts += [card.short, *card.steps, *card.but, *_own_words(where, name)]
    return card.title, "\n".join(texts)


def _own_words(where: PageLocale, name: str) -> list[str]:
    """Return the names and example questions of a topic that only this city has; nothing for other topics."""
    city = where.library.cities[where.city]
    for key, topic in city.extra_topics.items():
        if topic and own_topic_id(city, key) == name:
            return [*topic.name.values(), *topic.examples.get(where.language, [])]
    return []


def _column(where: PageLocale, card: dict[str, Any]) -> dict[str, Any]:
    """A card with its labels in its own language."""
    return {"card": card, "page_language": where.language, "card_label": pages.label(where, card)}


def _letters(part: Any) -> int:
    """Count the letters of a card, of all its parts."""
    if isinstance(part, dict):
        return sum(_letters(value) for key, value in part.items() if key not in NOT_ON_PAPER)
    if isinstance(part, list):
        return sum(_letters(value) for value in part)
    return len(part) if isinstance(part, str) else 0


def _staff_notes(where: PageLocale, name: str) -> list[str]:
    """The shared note for staff, and the city's own."""
    city = where.library.cities[where.city]
    texts = [where.locality.topics[name].staff, city.staff_notes.get(name)]
    filler = Filler.for_topic(where.locality, where.wording, where.locality.topics[name])
    return [filler.fill(where.wording.pick(text)) for text in texts if text]


def _recent_line(where: PageLocale, recent: Recent | None) -> str:
    """Say what changed or was checked in the last weeks; empty where nothing is known."""
    if recent is None or (recent.kind == "checked" and not recent.parts):
        return ""
    say = where.wording.say
    city = where.wording.pick(where.library.cities[where.city].city.name)
    labels = dict.fromkeys(say(PART_LABELS.get(part, part), city=city) for part in recent.parts)
    return say(f"desk_recent_{recent.kind}", n=DAYS, parts=" · ".join(labels))


def _neighbours(where: PageLocale, name: str) -> dict[str, dict[str, str] | None]:
    """The topics before and after in the same group."""
    topics = next(found for _, found in pages.listed(where) if any(topic["id"] == name for topic in found))
    place = next(number for number, topic in enumerate(topics) if topic["id"] == name)
    return {
        "before": topics[place - 1] if place else None,
        "after": topics[place + 1] if place + 1 < len(topics) else None,
    }


def _responsible(where: PageLocale, title: str, address: str) -> dict[str, str]:
    """Who keeps the city's answers, and the address to report a mistake to; empty where the city gave none."""
    contact = where.composer.contact_dict("front_desk") or {}
    email = contact.get("email")
    subject = quote(where.wording.say("desk_mistake_subject", title=title))
    report = f"mailto:{email}?subject={subject}&body={quote(address)}" if email else ""
    return {"owner": where.locality.review.owner if where.locality.review else "", "report": report}


def _referrals(where: PageLocale) -> list[dict[str, Any]]:
    """Who deals with matters that are not about digital rights, with the words that they are found by."""
    pick, wording = where.wording.pick, where.wording
    rows = []
    for referral in where.locality.referrals.values():
        words = referral.words.get(wording.language) or next(iter(referral.words.values()), [])
        matter = pick(referral.name)
        rows.append(
            {
                "matter": matter[:1].upper() + matter[1:],
                "office": pick(referral.office),
                "phone": referral.phone,
                "url": referral.url,
                "words": " ".join(dict.fromkeys(search.split(" ".join([matter, *words])))),
            }
        )
    return sorted(rows, key=lambda row: row["matter"].casefold())
