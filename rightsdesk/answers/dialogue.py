"""What the assistant says next: one turn in, one Reply and the new state of the conversation out.

Pure: no Rasa, no clock, no files. Every surface (chat page, `ask`, `rasa shell`) goes through `Dialogue.respond`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from babel import Locale

from rightsdesk.answers import buttons, events, guided
from rightsdesk.answers.cards import Composer, shorten
from rightsdesk.answers.plain import plain
from rightsdesk.answers.reply import Button, Candidate, Card, Kind, Reply
from rightsdesk.answers.wording import Filler, Wording
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import CONVERSATION_CHOICES, FACETS, GuidedPath
from rightsdesk.knowledge.resolution import Locality
from rightsdesk.languages import LANGUAGES

FOLLOW_UPS = (*FACETS, "explain_simpler", "tell_more", "show_sources")
CONVERSATION = (
    "greet", "goodbye", "thank", "affirm", "deny", "help", "feedback", "bot_identity", "bot_privacy", "legal_advice",
    "chitchat", "report_error",
)  # fmt: skip
OPENINGS = ("greet", "help", "bot_identity", "chitchat")  # lines after which topics are offered
TALK_CONTACTS = {"feedback": ("front_desk",), "report_error": ("front_desk",), "legal_advice": ("data_protection",)}
WORRYING = 0.1  # confidence in danger from which a reply that is not sure names the number to call
SURE_WORDS = 3  # shorter messages do not switch the language of a conversation
MAX_OFFERED = 3


@dataclass(frozen=True)
class State:
    """What the assistant remembers of a conversation, beside its messages.

    Attributes:
        topic: the topic of the last answer.
        city, language: as set by the page, the resident or an earlier message.
        offered: topics offered by the last “did you mean”.
        misses: how often in a row nothing was understood.
    """

    topic: str | None = None
    city: str | None = None
    language: str | None = None
    offered: tuple[str, ...] = ()
    misses: int = 0


@dataclass(frozen=True)
class Turn:
    """One message of a resident, understood.

    Attributes:
        text: what was written, with personal data masked; a button's payload for buttons.
        intent: the topic or conversation intent; `nlu_fallback` when unclear, `out_of_scope` when not ours.
        confidence: of that intent.
        candidates: the three best topics or conversation intents.
        values: values that a button carries, such as `facet`.
        text_language: the language of the text, any code; None for buttons and texts without words.
        also_asked: the topic of a second question in the same message.
        page_city, page_language: where the page stands; None in channels without pages.
        shortened: the middle of a very long text was left out.
        memory: the earlier texts of this conversation, as stored.
    """

    text: str
    intent: str
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    text_language: str | None = None
    also_asked: str | None = None
    page_city: str | None = None
    page_language: str | None = None
    fixed_city: bool = False
    shortened: bool = False
    memory: tuple[str, ...] = ()


class Dialogue:
    """Answers turns from one snapshot of the knowledge."""

    def __init__(self, library: Library, today: date) -> None:
        """Use a snapshot.

        Args:
            library: the knowledge.
            today: the day to look from.
        """
        self.library = library
        self.today = today

    def respond(self, turn: Turn, state: State) -> tuple[Reply, State]:
        """Answer one turn.

        Args:
            turn: the message, understood.
            state: what is remembered.

        Returns:
            The Reply and what is remembered from now on.
        """
        state = self._settle(turn, state)
        scene = _Scene(self, turn, state)
        reply = scene.reply()
        if reply.kind in ("clarify", "out_of_scope") and dict(turn.candidates).get("emergency", 0.0) >= WORRYING:
            reply.text = f"{scene.fill('danger_hint')}\n\n{reply.text}"
        reply.city = scene.state.city
        reply.text_language = turn.text_language
        reply.confidence = turn.confidence
        reply.candidates = self._candidates(turn, scene.state)
        if turn.shortened:
            reply.text = f"{scene.wording.say('shortened')}\n\n{reply.text}"
        return reply, scene.state

    def composer(self, state: State) -> Composer:
        """Return what composes cards for the city and language of a conversation."""
        days = self.library.days
        edition = days.edition_for(self.today)[1] if days else None
        return Composer(
            locality=self.library.place(state.city),
            ui=self.library.ui,
            language=state.language or "en",
            today=self.today,
            days=(edition.start, edition.end) if edition else None,
            shared_sources=days.sources if days else None,
        )

    def _settle(self, turn: Turn, state: State) -> State:
        """Take over city and language from the page, then from what was written."""
        city = turn.page_city if turn.fixed_city else state.city or turn.page_city
        if city is None and turn.intent != "set_city":
            city = city_named(turn.text, self.library)
        language = state.language or turn.page_language
        spoken = turn.text_language in self.library.ui and turn.text_language in LANGUAGES
        if spoken and turn.intent != "set_language" and len(turn.text.split()) >= SURE_WORDS:
            language = turn.text_language
        if language not in self.library.ui:
            language = self.library.place(city).default_language
        return replace(state, city=city, language=language)

    def _candidates(self, turn: Turn, state: State) -> list[Candidate]:
        """Give three candidates: the ranking's, or for a button its topic and the topics beside it."""
        found = [candidate for candidate in turn.candidates if candidate[0] not in (*FACETS, "out_of_scope")]
        names = [name for name, _ in found]
        topics = self.library.place(state.city).topics
        current = topics.get(state.topic or "")
        for name in [state.topic, *(current.related if current else []), *topics, *CONVERSATION]:
            if len(found) >= MAX_OFFERED:
                break
            if name and name not in names:
                names.append(name)
                found.append((name, (turn.confidence or 0.0) if name == turn.intent else 0.0))
        return found[:MAX_OFFERED]


class _Scene:
    """One turn being answered: the place, the language, and the state it leads to."""

    def __init__(self, dialogue: Dialogue, turn: Turn, state: State) -> None:
        self.dialogue = dialogue
        self.library = dialogue.library
        self.today = dialogue.today
        self.turn = turn
        self.before = state
        self.state = replace(state, offered=(), misses=0)

    @property
    def locality(self) -> Locality:
        return self.library.place(self.state.city)

    @property
    def composer(self) -> Composer:
        return self.dialogue.composer(self.state)

    @property
    def wording(self) -> Wording:
        return self.composer.wording()

    def fill(self, key: str, **values: object) -> str:
        """Say an interface text with the placeholders of the place filled in."""
        return Filler(self.locality, self.wording, (), self.composer.days).fill(self.wording.say(key, **values))

    def reply(self) -> Reply:
        """Choose what to say."""
        intent = self.turn.intent
        if path := guided.named(self.turn.text, self.library.guided_paths):
            return self.guide(path)
        if intent in self.locality.topics and intent not in ("human", "own_case"):
            return self.answer(intent)
        handlers: dict[str, Callable[[], Reply]] = {
            "nlu_fallback": self.clarify,
            "none_of_these": self.none_of_these,
            "out_of_scope": self.out_of_scope,
            "set_city": self.set_city,
            "set_language": self.set_language,
            "human": self.people,
            "own_case": self.own_case,
            "emergency": self.emergency,
            "bot_privacy": self.bot_privacy,
            "affirm": self.affirm,
            "deny": self.deny,
        }
        if intent in handlers:
            return handlers[intent]()
        if intent in FOLLOW_UPS:
            return self.follow_up(intent)
        if intent in CONVERSATION:
            return self.talk(intent)
        return self.clarify()

    def answer(self, name: str) -> Reply:
        """Answer a topic, or the follow-up that a button names on it."""
        facet = self.turn.values.get("facet")
        self.state = replace(self.state, topic=name)
        if facet in FOLLOW_UPS:
            return self.follow_up(facet)
        topic = self.locality.topics[name]
        card = self.composer.card(topic, self.library.letters)
        if name == "idrd_events":
            self._add_events(card)
        reply = self._card_reply("answer", name, None, card, buttons.for_topic(topic, self.locality, self.composer))
        also = self.turn.also_asked
        if also in self.locality.topics and also != name:
            [other] = buttons.for_names([also], self.locality, self.wording)
            reply.text = f"{self.wording.say('also_asked', topic=other.title)}\n\n{reply.text}"
            reply.buttons = [other, *(button for button in reply.buttons if button != other)]
        return reply

    def follow_up(self, facet: str) -> Reply:
        """Answer a follow-up on the current topic."""
        topic = self.locality.topics.get(self.state.topic or "")
        if topic is None:
            return self.say(facet, "which_topic", buttons.start(self.wording, self.locality))
        card = self.composer.facet(topic, facet)
        choices = buttons.for_topic(topic, self.locality, self.composer, without=facet)
        return self._card_reply("answer", topic.id, facet, card, choices)

    def clarify(self) -> Reply:
        """Ask what was meant; the second time in a row, name people to talk to."""
        misses = self.before.misses + 1
        if misses > 1:
            self.state = replace(self.state, misses=misses)
            return self.people("clarify", None, "people_after_misses")
        if not re.search(r"[^\W\d_]", self.turn.text):
            self.state = replace(self.state, misses=misses)
            return self.say(None, "no_words", buttons.start(self.wording, self.locality), kind="clarify")
        known = [name for name, _ in self.turn.candidates if buttons.title_of(name, self.locality, self.wording)]
        offered = tuple(known[:MAX_OFFERED])
        self.state = replace(self.state, misses=misses, offered=offered)
        if path := guided.between(offered, self.library.guided_paths):
            return self.guide(path, offered)
        choices = buttons.for_names(offered, self.locality, self.wording)
        return self._choice(self.fill("did_you_mean"), choices)

    def guide(self, path: GuidedPath, also: tuple[str, ...] = ()) -> Reply:
        """Ask the question of a guided path; what else could be meant stands below its choices."""
        pick = self.wording.pick
        here = {**self.locality.topics, **dict.fromkeys(CONVERSATION_CHOICES)}
        choices = [Button(pick(label), buttons.payload(name)) for name, label in path.choices.items() if name in here]
        others = [name for name in also if name not in path.choices]
        choices += buttons.for_names(others, self.locality, self.wording)
        self.state = replace(self.state, offered=also or tuple(path.choices))
        return self._choice(pick(path.question), choices)

    def none_of_these(self) -> Reply:
        """None of the offered topics was meant: people to talk to."""
        return self.people("clarify", None, "people_after_misses")

    def affirm(self) -> Reply:
        """“Yes” after “did you mean” takes the first offer."""
        if self.before.offered and self.before.offered[0] in self.locality.topics:
            return self.answer(self.before.offered[0])
        return self.talk("affirm")

    def deny(self) -> Reply:
        """“No” after “did you mean” leads to people."""
        return self.none_of_these() if self.before.offered else self.talk("deny")

    def out_of_scope(self) -> Reply:
        """Refer to the office that deals with it; in a language that we do not speak, say so in that language."""
        language = self.turn.text_language
        if language and language not in self.library.ui and (line := self._foreign_line(language)):
            text = f"{line}\n\n{self._contacts_text(('front_desk',))}".strip()
            return Reply("out_of_scope", "out_of_scope", text, self.state.language or "en", buttons=self._start())
        words = self.turn.text.lower()
        for referral in self.locality.referrals.values():
            if any(word.lower() in words for texts in referral.words.values() for word in texts):
                details = [referral.phone, referral.url]
                office = ", ".join(filter(None, [self.wording.pick(referral.office), *details]))
                text = self.fill("referral", matter=self.wording.pick(referral.name), office=office)
                return Reply("out_of_scope", "out_of_scope", text, self.wording.language, buttons=self._start())
        text = "\n\n".join(filter(None, [self.fill("out_of_scope"), self._contacts_text(("front_desk",))]))
        return Reply("out_of_scope", "out_of_scope", text, self.wording.language, buttons=self._start())

    def set_city(self) -> Reply:
        """Change the city, or on a page that names the city offer the other city's page."""
        named = self.turn.values.get("city") or city_named(self.turn.text, self.library)
        if named not in self.library.cities:
            return self.say("set_city", "cities", self._city_buttons(), cities=self._city_list())
        if self.turn.fixed_city and named != self.state.city:
            name = self.wording.pick(self.library.cities[named].city.name)
            link = Button(self.wording.say("go_to_city", city=name), f'/set_city{{"city": "{named}"}}')
            reply = self.say("set_city", "other_city_page", [link], city=name)
            return reply
        self.state = replace(self.state, city=named)
        return self._in_new_locale("set_city", "city_set")

    def set_language(self) -> Reply:
        """Go on in another language, with the current answer repeated in it."""
        wanted = self.turn.values.get("language") or language_named(self.turn.text, self.library)
        wanted = wanted or self.turn.text_language
        if wanted not in self.library.ui:
            line = self._foreign_line(wanted) if wanted else None
            spoken = self.wording.list([self.wording.language_name(code) for code in self.library.ui])
            reply = self.say("set_language", "languages", self._language_buttons(), languages=spoken)
            reply.text = "\n\n".join(filter(None, [line, reply.text]))
            return reply
        self.state = replace(self.state, language=wanted)
        return self._in_new_locale("set_language", "language_set")

    def people(self, topic: str | None = "human", kind_topic: str | None = "human", key: str = "people") -> Reply:
        """Name people to talk to."""
        after_misses = kind_topic is None
        text_key = key
        card = self._people_card(text_key)
        kind: Kind = "clarify" if after_misses else "handover"
        return self._handover(kind, kind_topic, card, self._start())

    def own_case(self) -> Reply:
        """Say that no files can be seen here, and who can see them."""
        card = self._people_card("own_case")
        choices = buttons.for_names(("data_access", "automated_decision"), self.locality, self.wording)
        return self._handover("handover", "own_case", card, choices)

    def _handover(self, kind: Kind, topic: str | None, card: Card, choices: list[Button]) -> Reply:
        reply = self._card_reply(kind, topic, None, card, choices)
        wish = self.turn.text if topic == "human" else None  # “a person, please” is no question for that person
        reply.questions = [text for text in self.turn.memory if text != wish]
        return reply

    def emergency(self) -> Reply:
        """Name the number to call first."""
        wording = self.wording
        lines = []
        for danger in self.locality.emergency.values():
            purpose = f" ({wording.pick(danger.purpose)})" if danger.purpose else ""
            lines.append(f"{danger.phone}: {wording.pick(danger.name)}{purpose}")
        card = Card(
            title=wording.say("emergency_title"), short=shorten(self.fill("emergency")), language=wording.language
        )
        card.local = lines
        found = [self.composer.contact_dict(role) for role in ("crisis", "youth")]
        card.contacts = [contact for contact in found if contact]
        reply = self._card_reply("emergency", "emergency", None, card, [])
        reply.text = "\n\n".join(filter(None, [card.short, "\n".join(lines), self._contacts_text(("crisis", "youth"))]))
        return reply

    def bot_privacy(self) -> Reply:
        """Print the exact memory of this conversation."""
        wording = self.wording
        nothing = wording.say("nothing")
        topic = self.locality.topics.get(self.state.topic or "")
        reply = self.say("bot_privacy", "bot_privacy", [Button(wording.say("forget"), "/forget")])
        known = {
            "memory_city": wording.pick(self._city_name()) if self.state.city else nothing,
            "memory_language": wording.language_name(self.state.language or "en"),
            "memory_topic": wording.pick(topic.title) if topic else nothing,
            "memory_texts": "\n".join(f"“{text}”" for text in self.turn.memory),
        }
        memory = [f"{wording.say('with_colon', heading=wording.say(key))} {value}" for key, value in known.items()]
        reply.text += "\n\n" + "\n".join(memory)
        return reply

    def talk(self, intent: str) -> Reply:
        """Answer small talk with its written line."""
        reply = self.say(intent, intent, self._start() if intent in OPENINGS else [])
        contacts = self._contacts_text(TALK_CONTACTS.get(intent, ()))
        reply.text = "\n\n".join(filter(None, [reply.text, contacts]))
        return reply

    def say(
        self, topic: str | None, key: str, choices: list[Button], kind: Kind = "conversation", **values: object
    ) -> Reply:
        """Make a reply from an interface text."""
        return Reply(kind, topic, self.fill(key, **values), self.wording.language, buttons=choices)

    def _choice(self, question: str, choices: list[Button]) -> Reply:
        """Ask which of several things is meant; “none of these” is always one of them."""
        listed = "\n".join(f"- {choice.title}" for choice in choices)
        none = Button(self.wording.say("none_of_these"), "/none_of_these")
        text = f"{question}\n{listed}"
        return Reply("clarify", None, text, self.wording.language, buttons=[*choices, none])

    def _card_reply(self, kind: Kind, topic: str | None, facet: str | None, card: Card, choices: list[Button]) -> Reply:
        text = plain(card, self.composer.wording(card.language))
        return Reply(kind, topic, text, card.language, facet=facet, card=card, buttons=choices)

    def _in_new_locale(self, intent: str, key: str) -> Reply:
        topic = self.locality.topics.get(self.state.topic or "")
        if topic is None:
            return self.say(intent, key, self._start(), city=self.wording.pick(self._city_name()))
        card = self.composer.card(topic, self.library.letters)
        if topic.id == "idrd_events":
            self._add_events(card)
        return self._card_reply(
            "answer", topic.id, intent, card, buttons.for_topic(topic, self.locality, self.composer)
        )

    def _people_card(self, key: str) -> Card:
        wording = self.wording
        found = [self.composer.contact_dict(role) for role in ("front_desk", "dpo", "digital_help")]
        contacts = []
        for contact in found:
            if contact and not contact["stands_in"] and contact not in contacts:
                contacts.append(contact)
        card = Card(title=wording.say(f"{key}_title"), short=shorten(self.fill(key)), contacts=contacts)
        card.language = wording.language
        libraries = [place for place in self.locality.places.values() if place.kind in ("library", "citizen_office")]
        card.places = [self.composer._place(place, wording) for place in libraries[:2]]
        return card

    def _add_events(self, card: Card) -> None:
        days = self.library.days
        if days is None:
            return
        wording = self.composer.wording(card.language)
        year = events.edition_asked(self.turn.text, wording, days, self.today)
        edition = days.editions[year]
        span = wording.days(edition.start, edition.end)
        past = edition.end < self.today
        own = events.city_events(self.locality, year, self.today)
        city = Filler(self.locality, wording).city
        if past:
            card.short = shorten(wording.say("days_were", days=span, year=year))
            card.steps = []
        elsewhere = {name: event for name, event in days.events.items() if event.edition == year and event.public}
        if own:
            card.local.insert(0, wording.say("events_of_city", city=city, year=year))
        elif past or not self.locality.head:
            own = elsewhere
        else:
            card.short = shorten(wording.say("days_without_events", days=span, city=city))
            card.steps = []
        card.events = [events.event_dict(name, event, wording, days) for name, event in own.items()]

    def _contacts_text(self, roles: tuple[str, ...]) -> str:
        found = [self.composer.contact_dict(role) for role in roles]
        card = Card("", "", contacts=[contact for contact in found if contact])
        return plain(card, self.wording).strip() if card.contacts else ""

    def _foreign_line(self, language: str) -> str | None:
        """Say in a language without answers which languages there are, each by its own name."""
        names = ", ".join(Locale(code).get_display_name(code) or code for code in LANGUAGES if code in self.library.ui)
        line = self.library.other_languages.get(language)
        return line.replace("{languages}", names) if line else None

    def _start(self) -> list[Button]:
        return buttons.start(self.wording, self.locality)

    def _city_name(self) -> dict[str, str]:
        return self.locality.head.name if self.locality.head else {"*": self.wording.say("your_city")}

    def _city_list(self) -> str:
        return self.wording.list([self.wording.pick(city.city.name) for city in self.library.cities.values()])

    def _city_buttons(self) -> list[Button]:
        return [
            Button(self.wording.pick(city.city.name), f'/set_city{{"city": "{name}"}}')
            for name, city in self.library.cities.items()
        ]

    def _language_buttons(self) -> list[Button]:
        return [
            Button(self.wording.language_name(code), f'/set_language{{"language": "{code}"}}')
            for code in self.library.ui
        ]


def city_named(text: str, library: Library) -> str | None:
    """Return the id of the first city whose name stands in a text, in any language; None when there is none."""
    words = " " + re.sub(r"[^\w-]+", " ", text.lower()) + " "
    for name, city in library.cities.items():
        if any(f" {title.lower()}" in words for title in [name.replace("-", " "), *city.city.name.values()]):
            return name
    return None


def language_named(text: str, library: Library) -> str | None:
    """Return the language that a text asks for (“auf Deutsch bitte”); None when it names none that we know."""
    words = re.findall(r"\w+", text.lower())
    for strings in library.ui.values():
        for language in LANGUAGES:
            stems = [stem.strip() for stem in strings.get(f"language_words_{language}", "").split(",") if stem.strip()]
            if any(word.startswith(stem) for stem in stems for word in words):
                return language
    return None


def apology(library: Library, state: State, number: str) -> tuple[Reply, State]:
    """Say that something went wrong on our side, with a number to name when reporting it.

    Args:
        library: the knowledge.
        state: what is remembered; it stays.
        number: stands beside the error in the log.
    """
    wording = Wording(library.ui, state.language or library.place(state.city).default_language)
    return Reply("error", None, f"{wording.say('server_error')} ({number})", wording.language, city=state.city), state
