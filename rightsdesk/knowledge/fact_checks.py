"""Checks of facts and of the names by which files refer to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rightsdesk.knowledge.checked_file import CheckedFile
from rightsdesk.knowledge.colours import MINIMUM_CONTRAST, WHITE, contrast
from rightsdesk.knowledge.models import (
    CONVERSATION_CHOICES,
    LOGO,
    ROLES,
    City,
    Contact,
    Event,
    GuidedPaths,
    LawPack,
    Letter,
    Place,
    Topic,
)
from rightsdesk.knowledge.problems import Problem, did_you_mean
from rightsdesk.knowledge.resolution import own_topic_id
from rightsdesk.knowledge.walking import models, records

SHORT_CHARACTERS = 300
TITLE_CHARACTERS = 70
EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")
PHONE = re.compile(r"^[+\d][\d\s()/.\-]*\d$")


def topics(file: CheckedFile) -> Iterator[Problem]:
    """A topic has what it owes, and names only what exists."""
    topic = file.model
    if not isinstance(topic, Topic):
        return
    laws = {name for pack in file.library.packs.values() for name in pack.laws}
    letters = file.library.letters
    if "en" not in topic.short:
        yield file.at(("short",), "The English text is missing; it is the last resort of every language. Add “en”.")
    if topic.rights and not topic.but:
        yield file.at((), "“rights: yes” owes its exceptions. Add “but”.")
    if topic.rights and not topic.legal:
        yield file.at((), "“rights: yes” owes a law. Add “legal”.")
    for language in topic.short:
        if topic.rights and topic.but and language not in topic.but:
            yield file.at(("but",), f"“but” has no text for “{language}”, but “short” has. Add it.")
    for name in topic.legal:
        if laws and name not in laws:
            yield file.at(("legal",), f"No law pack has an entry “{name}”.{did_you_mean(name, sorted(laws))}")
    for role in topic.contacts:
        if role not in ROLES:
            yield file.at(("contacts",), f"“{role}” is not a role of contacts.{did_you_mean(role, list(ROLES))}")
    for other in topic.related:
        if other not in file.library.topics:
            hint = did_you_mean(other, list(file.library.topics))
            yield file.at(("related",), f"There is no topic “{other}”.{hint}")
    if topic.letter and topic.letter not in letters:
        yield file.at(("letter",), f"There is no letter “{topic.letter}”.{did_you_mean(topic.letter, list(letters))}")
    for language, text in topic.short.items():
        if len(text) > SHORT_CHARACTERS:
            yield file.at(
                ("short", language), f"The short answer has {len(text)} characters; {SHORT_CHARACTERS} at most."
            )
    for language, text in topic.title.items():
        if len(text) > TITLE_CHARACTERS:
            yield file.at(("title", language), f"The title has {len(text)} characters; {TITLE_CHARACTERS} at most.")


def references(file: CheckedFile) -> Iterator[Problem]:
    """A city file or law pack names only topics, roles and contacts that exist."""
    model = file.model
    if not isinstance(model, (City, LawPack)):
        return
    topics = set(file.library.topics)
    for section in ("contacts", "places", "technologies"):
        for name, entry in getattr(model, section, {}).items():
            for topic in entry.topics if entry else []:
                if topic not in topics and topics:
                    yield file.at(
                        (section, name, "topics"), f"There is no topic “{topic}”.{did_you_mean(topic, list(topics))}"
                    )
    for topic in [*model.answers, *getattr(model, "hide", []), *getattr(model, "examples", {})]:
        own = {own_topic_id(model, name) for name in model.extra_topics} if isinstance(model, City) else set()
        conversation = {"own_case", "human", "emergency", "bot_privacy", "request_followup", "make_letter"}
        if topics and topic not in topics | own | conversation:
            section = "answers" if topic in model.answers else "examples"
            yield file.at((section, topic), f"There is no topic “{topic}”.{did_you_mean(topic, list(topics))}")
    for topic, answer in model.answers.items():
        if answer and answer.letter and answer.letter not in file.library.letters:
            hint = did_you_mean(answer.letter, list(file.library.letters))
            yield file.at(("answers", topic, "letter"), f"There is no letter “{answer.letter}”.{hint}")
    for name, law in model.laws.items():
        if law and law.authority and law.authority not in ROLES:
            hint = did_you_mean(law.authority, list(ROLES))
            yield file.at(("laws", name, "authority"), f"“{law.authority}” is not a role of contacts.{hint}")
    contacts = {name for layer in (model, *file.library.packs.values()) for name in layer.contacts}
    for section in ("registers", "technologies"):
        for name, entry in getattr(model, section, {}).items():
            if entry and entry.ask and entry.ask not in contacts:
                hint = did_you_mean(entry.ask, sorted(contacts))
                yield file.at((section, name, "ask"), f"There is no contact “{entry.ask}”.{hint}")


def guided_paths(file: CheckedFile) -> Iterator[Problem]:
    """A guided path leads to topics that exist, and no message calls for two paths."""
    if not isinstance(file.model, GuidedPaths):
        return
    known = [*file.library.topics, *CONVERSATION_CHOICES]
    taken: dict[str, str] = {}
    for name, path in file.model.paths.items():
        for choice in path.choices:
            if choice not in known:
                hint = did_you_mean(choice, known)
                yield file.at(("paths", name, "choices", choice), f"There is no topic “{choice}”.{hint}")
        for language, words in path.words.items():
            for word in words:
                if taken.setdefault(word.lower(), name) != name:
                    text = f"“{word}” calls for the path “{taken[word.lower()]}” already. Keep it in one."
                    yield file.at(("paths", name, "words", language), text)


def source_names(file: CheckedFile) -> Iterator[Problem]:
    """Every `source` is explained under `sources`."""
    library = file.library
    known = {name for pack in library.packs.values() for name in pack.sources}
    known |= set(library.days.sources) if library.days else set()
    known |= set(getattr(file.model, "sources", {}) or {})
    for key, record in records(file.model):
        for name in record.source:
            if known and name not in known:
                field = "sources" if isinstance(record, (Topic, Letter)) else "source"
                yield file.at((*key, field), f"There is no source “{name}”.{did_you_mean(name, sorted(known))}")


def addresses(file: CheckedFile) -> Iterator[Problem]:
    """Addresses are https, e-mails and phone numbers have their form."""
    for key, node in models(file.model):
        url = getattr(node, "url", None)
        if url and not url.startswith("https://"):
            yield file.at(
                (*key, "url"), f"“{url}” must be an https address. Find the official page, or remove the line."
            )
        if isinstance(node, (Contact, Place)):
            if node.email and not EMAIL.match(node.email):
                yield file.at((*key, "email"), f"“{node.email}” is not an e-mail address.")
            if node.phone and not (PHONE.match(node.phone) or node.phone.isdigit()):
                yield file.at(
                    (*key, "phone"), f"“{node.phone}” is not a phone number. Write digits, with + and blanks."
                )


def unconfirmed_only_for_law(file: CheckedFile) -> Iterator[Problem]:
    """Events and places are verified or draft, never unconfirmed."""
    allowed = ("laws", "emergency")
    if isinstance(file.model, (Letter,)):
        return
    for key, record in records(file.model):
        if record.status == "unconfirmed" and isinstance(record, (Event, Place)) and key[0] not in allowed:
            yield file.at(
                (*key, "status"),
                "“unconfirmed” is only for published law and national numbers. Write draft, or verified with a source.",
            )


def listed_for_review(file: CheckedFile) -> Iterator[Problem]:
    """What is shown as not yet confirmed is listed."""
    for key, record in records(file.model):
        if record.status == "unconfirmed":
            yield file.at((*key, "status"), "Not yet confirmed: somebody should read the source.", "warning")


def theme(file: CheckedFile) -> Iterator[Problem]:
    """The city's colour can be read on white and under white text, and its logo comes from our own address."""
    if not isinstance(file.model, City):
        return
    chosen = file.model.theme
    if chosen.primary and (ratio := contrast(chosen.primary, WHITE)) < MINIMUM_CONTRAST:
        found = f"“{chosen.primary}” has a contrast of {ratio:.1f} to white; {MINIMUM_CONTRAST} at least."
        yield file.at(("theme", "primary"), f"{found} Use a darker colour.")
    if chosen.logo and not LOGO.match(chosen.logo):
        text = (
            f"“{chosen.logo}” is not a picture of this server. Put it in data/logos and write /logos/name.svg (or png)."
        )
        yield file.at(("theme", "logo"), text)
