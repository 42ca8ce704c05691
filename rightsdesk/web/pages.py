"""Pages from knowledge and Replies: pure rendering, no server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rightsdesk.answers import buttons
from rightsdesk.answers.cards import Composer, offline_line
from rightsdesk.answers.dialogue import Dialogue, State, Turn
from rightsdesk.answers.opening import opening_line
from rightsdesk.answers.wording import Filler, Wording
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import Danger, Theme, Topic
from rightsdesk.knowledge.resolution import Locality
from rightsdesk.web import theme

STATIC = Path(__file__).resolve().parent / "static"
GROUPS = ("privacy", "surveillance", "algorithms", "access", "expression", "rights")
KIOSK_IDLE, KIOSK_GRACE = 120, 30  # seconds: without a touch, then with the question; WCAG 2.2.1 wants at least 20
CONVERSATION_TOPICS = ("request_followup", "make_letter")
LINK = re.compile(r"https://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)]")


@dataclass(frozen=True)
class Copy:
    """Pages that no server answers for, in files or on paper.

    Attributes:
        languages: the languages that the copy holds.
        address: where the service is, to ask there; empty if not known.
    """

    languages: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True)
class PageLocale:
    """A city and a language: what a page's path names; and whether the page is a copy.

    Attributes:
        now: the moment, to say what is open; None for pages that may be kept or printed.
    """

    library: Library
    city: str
    language: str
    today: date
    copy: Copy | None = None
    now: datetime | None = None

    @property
    def locality(self) -> Locality:
        """Everything that holds in the city."""
        return self.library.place(self.city)

    @property
    def wording(self) -> Wording:
        """The interface words of the page."""
        return Wording(self.library.ui, self.language, self.locality.default_language)

    @property
    def base(self) -> str:
        """What the paths of the city's pages in this language begin with."""
        return f"/{self.city}/{self.language}"

    @property
    def theme(self) -> Theme:
        """The city's look."""
        return (
            self.library.cities[self.city].theme if self.city in self.library.cities else Theme(primary=None, logo=None)
        )

    @property
    def composer(self) -> Composer:
        """Composes cards for this page."""
        return Dialogue(self.library, self.today).composer(State(city=self.city or None, language=self.language))


def locate(library: Library, city: str, language: str, today: date) -> PageLocale | None:
    """Return the city and language of a path, or None when we have no such city or language."""
    if city not in library.cities or city not in library.localities or language not in library.ui:
        return None
    return PageLocale(library, city, language, today)


@dataclass(frozen=True)
class Exchange:
    """A question with its Reply, as the page shows it."""

    question: str
    reply: dict[str, Any]
    turn: int


def chat(
    where: PageLocale,
    conversation: str,
    exchange: Exchange | None = None,
    error: str = "",
    typed: str = "",
    forgotten: bool = False,
    failed: bool = False,
) -> str:
    """Render the chat page.

    Args:
        where: city and language.
        conversation: the id of the conversation.
        exchange: the last question with its answer, if any.
        error: what was wrong with the question.
        typed: the question as typed, to be sent again.
        forgotten: the conversation has just been erased.
        failed: something went wrong on our side.
    """
    suggestions = buttons.start(where.wording, where.locality)
    values = _exchange_values(where, conversation, exchange) if exchange else {"reply": None}
    values |= {"conversation": conversation, "suggestions": suggestions, "error": error, "typed": typed}
    values |= {"forgotten": forgotten, "failed": failed, "front_desk": where.composer.contact_dict("front_desk")}
    return render("chat.html", where, **values, next_turn=exchange.turn + 1 if exchange else 1)


def kiosk(where: PageLocale) -> str:
    """Render the page for a screen that many people use: the chat page in a frame that starts fresh when left."""
    return render("kiosk.html", where, idle=KIOSK_IDLE, grace=KIOSK_GRACE)


def exchange(where: PageLocale, conversation: str, shown: Exchange) -> dict[str, Any]:
    """Render one answer for a page that is open already.

    Returns:
        `html` to append, `announce` for screen readers, and the number of the next turn.
    """
    reply = shown.reply
    card = reply["card"]
    spoken = f"{card['title']}. {card['short']}" if card and reply["kind"] != "emergency" else reply["text"]
    html = render("answer.html", where, **_exchange_values(where, conversation, shown))
    return {"html": html, "announce": spoken, "turn": shown.turn + 1}


def topics(where: PageLocale) -> str:
    """Render the list of all topics."""
    return render("topics.html", where, "topics", groups=listed(where, without=CONVERSATION_TOPICS))


def listed(where: PageLocale, without: tuple[str, ...] = ()) -> list[tuple[str, list[dict[str, str]]]]:
    """List the topics by group, each with id and title in the language of the page.

    Args:
        where: city and language.
        without: topics to leave out.
    """
    pick = where.wording.pick
    return [
        (group, [{"id": topic.id, "title": pick(topic.title)} for topic in found])
        for group, found in grouped(where.locality, without).items()
    ]


def grouped(locality: Locality, without: tuple[str, ...] = ()) -> dict[str, list[Topic]]:
    """Sort the topics of a place into their groups.

    Args:
        locality: the place.
        without: topics to leave out.
    """
    found = [topic for topic in locality.topics.values() if topic.id not in without]
    return {group: [topic for topic in found if topic.group == group] for group in GROUPS}


def topic(where: PageLocale, name: str, facet: str = "") -> str | None:
    """Render the permanent page of a topic; None when there is no such topic here.

    Args:
        where: city and language.
        name: the topic's id.
        facet: a follow-up on it, such as `explain_simpler`; empty for the answer itself.
    """
    if name not in where.locality.topics:
        return None
    card = card_of(where, name, facet)
    values = _ending(where, card, name, facet or None)
    return render("topic.html", where, f"t/{name}", card=card, card_label=label(where, card), **values)


def people(where: PageLocale) -> str:
    """Render the page of people to talk to."""
    card = _with_openings(where, card_of(where, "human"))
    return render("topic.html", where, "people", card=card, ending=None, leave=None, card_label=label(where, card))


def card_of(where: PageLocale, intent: str, facet: str = "") -> dict[str, Any]:
    """Compose the card that answers an intent (or a follow-up on it) on a page."""
    card: dict[str, Any] = reply_to(where, intent, facet)["card"]
    return card


def reply_to(where: PageLocale, intent: str, facet: str = "") -> dict[str, Any]:
    """Return the Reply to an intent, or to a follow-up on a topic.

    Args:
        where: city and language.
        intent: a topic of this place, or a conversation intent.
        facet: a follow-up, such as `explain_simpler`; empty for the answer itself.
    """
    values = {"facet": facet} if facet else {}
    turn = Turn("", intent, values=values, page_city=where.city, page_language=where.language, fixed_city=True)
    reply, _ = Dialogue(where.library, where.today).respond(turn, State())
    return reply.as_dict()


def privacy(where: PageLocale) -> str:
    """Render what this site, or a copy of it, does with data."""
    served = ("privacy_what", "privacy_how_long", "privacy_mask", "privacy_device")
    keys = ("privacy_copy", "privacy_device") if where.copy else served
    texts = [where.wording.say(key) for key in keys]
    filler = Filler(where.locality, where.wording)
    texts.append(filler.fill(where.wording.say("privacy_who")))
    return _text(where, where.wording.say("privacy"), texts, here="privacy")


def start(where: PageLocale) -> str:
    """Render the first page of a copy: what it is, what people often ask about, and who helps."""
    names = [name for name in buttons.START if name in where.locality.topics]
    often = [(name, buttons.title_of(name, where.locality, where.wording)) for name in names]
    return render("start.html", where, often=often)


def at(where: PageLocale, path: str, facet: str = "") -> str | None:
    """Render the page that stands at a path below city and language; None when there is none.

    Args:
        where: city and language.
        path: such as `topics` or `t/data_access`.
        facet: a follow-up, on pages of a topic.
    """
    if path.startswith("t/"):
        return topic(where, path.removeprefix("t/"), facet)
    page = {"topics": topics, "people": people, "privacy": privacy, "accessibility": accessibility}.get(path)
    return page(where) if page else None


def accessibility(where: PageLocale) -> str:
    """Render the accessibility statement, with whom to tell about a barrier."""
    say = where.wording.say
    texts = [say(f"accessibility_{part}") for part in ("aim", "tested", "untested", "other_ways")]
    asked = (("accessibility_report", "accessibility"), ("accessibility_complain", "accessibility_authority"))
    contacts = [(say(key), found) for key, role in asked if (found := where.composer.contact_dict(role))]
    return _text(where, say("accessibility"), texts, here="accessibility", contacts=contacts)


def thanks(where: PageLocale, topic: str, helped: bool) -> str:
    """Render the page that answers “Did this help?” without JavaScript."""
    return render("thanks.html", where, f"t/{topic}", **_thanks_values(where, topic, helped))


def thanks_part(where: PageLocale, topic: str, helped: bool) -> str:
    """Render what stands in place of “Did this help?” once it is answered."""
    return render("thanks_part.html", where, **_thanks_values(where, topic, helped))


def demo(where: PageLocale, code: Markup) -> str:
    """Render a page as a city would have it.

    Args:
        where: city and language.
        code: HTML of ours that embeds the helper.
    """
    return render("demo.html", where, code=code)


def message(where: PageLocale, heading: str, paragraphs: list[str], cities: bool = False) -> str:
    """Render a page with a heading and a few sentences.

    Args:
        where: city (may be empty) and language.
        heading: says what happened.
        paragraphs: says what to do.
        cities: list the cities to choose from.
    """
    return _text(where, heading, paragraphs, cities=city_links(where) if cities else [])


def city_links(where: PageLocale) -> list[tuple[str, str]]:
    """List the cities with a link to each, in the language of the page if the interface has it."""
    pick = where.wording.pick
    rows = []
    for name, city in where.library.cities.items():
        codes = page_languages(where.library, name)
        language = where.language if where.language in codes else codes[0]
        rows.append((f"/{name}/{language}/", pick(city.city.name)))
    return sorted(rows, key=lambda row: row[1])


def page_languages(library: Library, city: str) -> list[str]:
    """List the languages that a city's pages come in: its own first, then the others that have interface words."""
    own = library.cities[city].city.languages if city in library.cities else []
    return list(dict.fromkeys([*(code for code in own if code in library.ui), *sorted(library.ui)]))


def languages(where: PageLocale) -> list[tuple[str, str]]:
    """List the languages that a page comes in, each with its own name."""
    codes = where.copy.languages if where.copy else page_languages(where.library, where.city)
    return [(code, own_name(code)) for code in codes]


def _text(where: PageLocale, heading: str, paragraphs: list[str], here: str = "", **more: Any) -> str:
    values = {"cities": [], "contacts": [], **more}
    return render("text.html", where, here, heading=heading, paragraphs=paragraphs, **values)


def render(template: str, where: PageLocale, here: str = "", **values: Any) -> str:
    """Fill a template with what every page has, and values of its own.

    Args:
        template: its file name.
        where: city (may be empty) and language.
        here: the rest of the page's path, kept when the language is switched.
        values: what only this page needs; they win.
    """
    head = where.locality.head
    near = {where.language, "en", *(head.languages if head else where.library.ui)}
    wording = where.wording
    filler = Filler(where.locality, wording)
    common: dict[str, Any] = {
        "language": where.language,
        "page_language": where.language,
        "city": where.city,
        "city_name": filler.city,
        "base": where.base if where.city else "",
        "direction": direction,
        "languages": languages(where),
        "near_languages": near,
        "other_language": lambda code: f"/{where.city}/{code}/{here}" if where.city else f"/?lang={code}",
        "say": wording.say,
        "version": _version(),
        "theme_file": _theme_file(where),
        "logo": "" if where.copy else theme.logo(where.theme),
        "calls": lambda text: _calls(text, where.locality),
        "card_label": wording.say,
        "checked_line": lambda card: _checked_line(where, card),
        "offline": lambda card: offline_line(card["contacts"], _card_wording(where, card)),
        "calendar_file": lambda event: _calendar_address(where, event),
        "copy": where.copy,
        "copy_note": wording.say("copy_note", day=wording.day(where.today)),
        "day": wording.day(where.today),
        "home_label": wording.say("copy_start" if where.copy else "ask_another"),
    }
    return _environment().get_template(template).render({**common, **values})


def _exchange_values(where: PageLocale, conversation: str, shown: Exchange) -> dict[str, Any]:
    reply = dict(shown.reply)
    card, text = reply["card"], reply["text"]
    reply["card"] = card and _with_openings(where, card)
    handover = reply["kind"] == "handover" or (card and reply["kind"] == "clarify")
    own = reply["kind"] == "answer" and reply["topic"] in where.locality.topics
    ending = _ending(where, card, reply["topic"], reply["facet"]) if card and own else _no_ending(where, reply["kind"])
    reply["buttons"] = [_linked(where, button) for button in reply["buttons"] if button["payload"] != ending["simpler"]]
    return {
        "reply": reply,
        "question": shown.question,
        "turn": shown.turn,
        "conversation": conversation,
        "lead": _before_card(text, card) if card else [],
        "my_questions": reply["questions"] if handover else None,
        "dangers": [_danger(danger, where.wording) for danger in where.locality.emergency.values()],
        "paragraphs": [part for part in re.split(r"\n+", text) if part and not _is_button(part, reply["buttons"])],
        **ending,
        **({"card_label": label(where, card)} if card else {}),
    }


def _with_openings(where: PageLocale, card: dict[str, Any]) -> dict[str, Any]:
    """Add to each contact and place of a card whether it is open now."""
    head = where.locality.head
    if where.now is None or head is None:
        return card
    local = where.now.astimezone(ZoneInfo(head.timezone))
    wording = _card_wording(where, card)

    def opened(item: dict[str, Any]) -> dict[str, Any]:
        hours = item.get("opening")
        return {**item, "open_now": opening_line(hours, local, wording)} if hours else item

    return {**card, **{part: [opened(item) for item in card[part]] for part in ("contacts", "places")}}


def _calendar_address(where: PageLocale, event: dict[str, Any]) -> str:
    """The address of an event's calendar file; empty where its day is not known or over."""
    last = event["end"] or event["start"]
    return f"{where.base}/events/{event['id']}.ics" if last and last >= where.today.isoformat() else ""


def _ending(where: PageLocale, card: dict[str, Any], name: str, facet: str | None) -> dict[str, Any]:
    """What stands below and above the answer of a topic: mistakes, “Did this help?”, actions, the quick way out."""
    topic = where.locality.topics[name]
    leave = _leave(where) if "crisis" in topic.contacts else None
    if where.copy:
        return {"ending": None, "simpler": None, "leave": leave}
    simpler = buttons.payload(name, facet="explain_simpler") if topic.easy and facet != "explain_simpler" else None
    permalink = f"/{where.city}/{card['language']}/t/{name}" if facet is None else None
    report = _report_link(where, card["title"])
    ending = {"topic": name, "report": report, "simpler": simpler, "permalink": permalink}
    return {"ending": ending, "simpler": simpler, "leave": leave}


def _no_ending(where: PageLocale, kind: str) -> dict[str, Any]:
    return {"ending": None, "simpler": None, "leave": _leave(where) if kind == "emergency" else None}


def _leave(where: PageLocale) -> dict[str, str]:
    """A quick way to a harmless page, for residents who must not be seen reading this one."""
    address = where.wording.say("leave_address")
    return {"url": address, "site": urlsplit(address).hostname or address}


def _report_link(where: PageLocale, title: str) -> str:
    """Where to report a mistake: the city's mailbox, its form, or the page of people."""
    contact = where.composer.contact_dict("front_desk") or {}
    if contact.get("email"):
        return f"mailto:{contact['email']}?subject={quote(where.wording.say('report_subject', title=title))}"
    return str(contact.get("form") or f"{where.base}/people")


def _thanks_values(where: PageLocale, topic: str, helped: bool) -> dict[str, Any]:
    easy = where.locality.topics[topic].easy
    simpler = buttons.payload(topic, facet="explain_simpler") if easy and not helped else None
    return {"topic": topic, "helped": helped, "simpler": simpler}


def _is_button(line: str, choices: list[dict[str, str]]) -> bool:
    """Tell whether a line of the plain text only lists what the page shows as a button."""
    return line.removeprefix("- ") in [choice["title"] for choice in choices]


def _before_card(text: str, card: dict[str, Any]) -> list[str]:
    """Return the sentences that stand before the card in a reply's text, such as a number to call."""
    begin = text.find(card["language_note"] or card["title"])
    return [part for part in text[: max(begin, 0)].split("\n\n") if part.strip()]


def _danger(danger: Danger, wording: Wording) -> dict[str, str]:
    purpose = wording.pick(danger.purpose) if danger.purpose else ""
    return {"phone": danger.phone, "name": wording.pick(danger.name), "purpose": purpose}


def label(where: PageLocale, card: dict[str, Any]) -> Callable[..., str]:
    """Return what says the labels of a card: they stand in the card's own language."""
    return _card_wording(where, card).say


def _card_wording(where: PageLocale, card: dict[str, Any]) -> Wording:
    return Wording(where.library.ui, card["language"], where.locality.default_language)


def _checked_line(where: PageLocale, card: dict[str, Any]) -> str:
    wording = _card_wording(where, card)
    return wording.say("checked_by", day=wording.day(date.fromisoformat(card["checked"])), by=card["checked_by"] or "")


def _linked(where: PageLocale, button: dict[str, str]) -> dict[str, str]:
    """A button that leads to another city is a link to its page."""
    parsed = buttons.parse(button["payload"], ("set_city",))
    city = parsed[1].get("city") if parsed else None
    if city not in where.library.cities:
        return {**button, "link": ""}
    codes = page_languages(where.library, city)
    language = where.language if where.language in codes else codes[0]
    return {**button, "link": f"/{city}/{language}/"}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rightsdesk.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["tel"] = lambda text: re.sub(r"[^\d+]", "", text)
    environment.filters["host"] = lambda url: urlsplit(url).hostname or url
    environment.filters["links"] = _links
    return environment


def _links(text: str) -> Markup:
    """Escape a text and turn the https addresses in it into links."""
    parts: list[Markup] = []
    end = 0
    for match in LINK.finditer(text):
        url = escape(match[0])
        parts += [escape(text[end : match.start()]), Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(url)]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _calls(text: str, place: Locality) -> Markup:
    """Escape a text and make the emergency numbers in it callable."""
    numbers = "|".join(re.escape(danger.phone) for danger in place.emergency.values())
    parts = re.split(rf"(?<![\w+-])({numbers})(?![\w/-])", text) if numbers else [text]
    link = Markup('<a href="tel:{0}">{0}</a>')
    return Markup("").join(link.format(part) if number % 2 else escape(part) for number, part in enumerate(parts))


def direction(language: str) -> str:
    """Return how a language is written: `ltr` or `rtl`."""
    return Locale.parse(language, sep="-").text_direction


def _theme_file(where: PageLocale) -> str:
    """The address of the city's colours; it changes with them, so that browsers may keep it."""
    colours = theme.stylesheet(where.theme)
    return f"/{where.city}/theme.css?{hashlib.sha256(colours.encode()).hexdigest()[:10]}" if colours else ""


@lru_cache(maxsize=64)
def own_name(language: str) -> str:
    """Return the name of a language in that language."""
    return (Locale(language).get_display_name(language) or language).capitalize()


@lru_cache(maxsize=1)
def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
