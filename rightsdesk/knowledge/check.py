"""`rightsdesk check`: everything that is wrong in the knowledge files, with line and repair.

Each check looks at one thing and yields problems; `CHECKS` names them in the order in which they are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from rightsdesk.knowledge.fields import Prose, ProseList, Text, known_placeholder, placeholders
from rightsdesk.knowledge.library import Library, Shelf, knowledge_files, read_file
from rightsdesk.knowledge.loader import Key, load
from rightsdesk.knowledge.models import (
    ROLES,
    City,
    Contact,
    Event,
    LawPack,
    Letter,
    Place,
    Record,
    Strings,
    Topic,
)
from rightsdesk.knowledge.problems import Problem, did_you_mean
from rightsdesk.languages import LANGUAGES

SHORT_CHARACTERS = 300
TITLE_CHARACTERS = 70
UNFINISHED = re.compile(r"\.example\b|\bTODO\b|\bFIXME\b|[Ll]orem ipsum")  # “todo” is a word in Spanish
EMAIL = re.compile(r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")
PHONE = re.compile(r"^[+\d][\d\s()/.\-]*\d$")
SENTENCE = re.compile(r"[^.!?]+[.!?]")
SHARED_SENTENCE_WORDS = 4  # shorter ones, such as “It is free.”, may stand in two topics


@dataclass(frozen=True)
class File:
    """One knowledge file under check."""

    path: Path
    model: BaseModel
    library: Library

    def at(self, key: Key, text: str, severity: str = "error") -> Problem:
        """Make a problem at a place of this file; the file is read again for its line, because problems are rare."""
        return Problem(self.path, load(self.path).line(key), text, severity)  # type: ignore[arg-type]


Check = Callable[[File], Iterator[Problem]]


def check_data(
    data: Path, cities: tuple[str, ...] = (), publish: bool = False, today: date | None = None
) -> list[Problem]:
    """Check the knowledge files of a data folder.

    Args:
        data: the folder.
        cities: only these city files; all files when empty.
        publish: also fail on placeholders and on what residents must not miss.
        today: the day to look from.

    Returns:
        What was found, by file and line.

    Raises:
        ValueError: a city named has no file.
    """
    library = Shelf(data).library()
    paths = knowledge_files(data)
    if cities:
        known = {path.stem: path for path in paths if path.parent.name == "cities"}
        for city in cities:
            if city not in known:
                raise ValueError(f"There is no city file “{city}”.{did_you_mean(city, list(known))}")
        paths = [known[city] for city in cities]
    found = [
        problem for problem in library.problems if problem.file in paths or problem.file.stem in cities or not cities
    ]
    for path in paths:
        model, _ = read_file(path)
        if model is None:
            continue
        file = File(path, model, library)
        for check in CHECKS:
            found += check(file)
        if publish:
            found += _ready_to_publish(file, today or date.today())
    if not cities:
        found += _shared_sentences(library, data)
    return sorted(set(found), key=lambda problem: (str(problem.file), problem.line or 0, problem.text))


def texts(node: Any, key: Key = ()) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Walk a model and yield each text for residents with its path of keys.

    Args:
        node: a model, or anything inside one.
        key: the path that leads to it.
    """
    if isinstance(node, (Prose, ProseList, Text)):
        yield key, node
    elif isinstance(node, BaseModel):
        for name, field in node.__fields__.items():
            yield from texts(getattr(node, name), (*key, field.alias))
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from texts(child, (*key, name))


def _placeholders(file: File) -> Iterator[Problem]:
    laws = {name for pack in file.library.packs.values() for name in pack.laws}
    for key, by_language in texts(file.model):
        sets = {language: _placeholders_of(text) for language, text in by_language.items()}
        for language, found in sets.items():
            for name in sorted(found):
                if not known_placeholder(name, ROLES, laws):
                    yield file.at((*key, language), f"“{{{name}}}” is not a placeholder that can be filled here.")
        first = next(iter(sets), None)
        for language, found in sets.items():
            if first is not None and found != sets[first]:
                missing = ", ".join(f"{{{name}}}" for name in sorted(found ^ sets[first]))
                yield file.at(
                    (*key, language),
                    f"“{first}” and “{language}” differ in placeholders: {missing}. Make them the same.",
                )


def _placeholders_of(text: str | list[str]) -> set[str]:
    parts = [text] if isinstance(text, str) else text
    return {name for part in parts for name in placeholders(part)}


def _city_languages(file: File) -> Iterator[Problem]:
    if not isinstance(file.model, City):
        return
    for language in file.model.city.languages:
        if language not in LANGUAGES:
            yield file.at(("city", "languages"), f"“{language}” is not one of: {', '.join(LANGUAGES)}.")
    default = file.model.city.languages[0]
    for key, by_language in texts(file.model):
        if default not in by_language and "*" not in by_language and key[0] not in ("examples", "extra_topics"):
            written = ", ".join(by_language)
            name = " › ".join(str(part) for part in key[-2:])
            yield file.at(key, f"“{name}” has no text for “{default}” (languages: {written}). Add it.")


def _topics(file: File) -> Iterator[Problem]:
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


def _references(file: File) -> Iterator[Problem]:
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
        own = {f"{model.city.id}__{name}" for name in model.extra_topics} if isinstance(model, City) else set()
        conversation = {"own_case", "human", "emergency", "bot_privacy", "request_followup", "make_letter"}
        if topics and topic not in topics | own | conversation:
            section = "answers" if topic in model.answers else "examples"
            yield file.at((section, topic), f"There is no topic “{topic}”.{did_you_mean(topic, list(topics))}")
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


def _source_names(file: File) -> Iterator[Problem]:
    library = file.library
    known = {name for pack in library.packs.values() for name in pack.sources}
    known |= set(library.days.sources) if library.days else set()
    known |= set(getattr(file.model, "sources", {}) or {})
    for key, record in _records(file.model):
        for name in record.source:
            if known and name not in known:
                field = "sources" if isinstance(record, (Topic, Letter)) else "source"
                yield file.at((*key, field), f"There is no source “{name}”.{did_you_mean(name, sorted(known))}")


def _addresses(file: File) -> Iterator[Problem]:
    for key, node in _models(file.model):
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


def _unconfirmed_only_for_law(file: File) -> Iterator[Problem]:
    allowed = ("laws", "emergency")
    if isinstance(file.model, (Letter,)):
        return
    for key, record in _records(file.model):
        if record.status == "unconfirmed" and isinstance(record, (Event, Place)) and key[0] not in allowed:
            yield file.at(
                (*key, "status"),
                "“unconfirmed” is only for published law and national numbers. Write draft, or verified with a source.",
            )


def _listed_for_review(file: File) -> Iterator[Problem]:
    for key, record in _records(file.model):
        if record.status == "unconfirmed":
            yield file.at((*key, "status"), "Not yet confirmed: somebody should read the source.", "warning")


def _placeholders_left(file: File) -> Iterator[Problem]:
    for number, line in enumerate(file.path.read_text(encoding="utf-8").splitlines(), 1):
        if UNFINISHED.search(line.split(" #")[0]) and not line.lstrip().startswith("#"):
            yield Problem(file.path, number, "A placeholder is left here. Write the real text or address.", "warning")


def _interface(file: File) -> Iterator[Problem]:
    if not isinstance(file.model, Strings) or file.model.language == "en":
        return
    english = file.library.ui.get("en", {})
    own = file.model.strings
    for name in english:
        if name not in own:
            yield file.at(("strings",), f"“{name}” is missing; English stands in for it.", "warning")
        elif placeholders(own[name]) != placeholders(english[name]):
            yield file.at(("strings", name), f"The placeholders of “{name}” differ from English. Make them the same.")
    for name in own:
        if name not in english:
            yield file.at(("strings", name), f"“{name}” is not used.{did_you_mean(name, list(english))}")


def _ready_to_publish(file: File, today: date) -> Iterator[Problem]:
    for problem in _placeholders_left(file):
        yield Problem(problem.file, problem.line, problem.text)
    if not isinstance(file.model, City):
        return
    locality = file.library.localities.get(file.model.city.id)
    for role in ("dpo", "front_desk"):
        if locality and locality.contact_for(role)[0] is None:
            yield file.at(("contacts",), f"Residents need a verified contact with role “{role}”.")
    if locality and not locality.emergency:
        yield file.at(("emergency",), "Residents need an emergency number, here or in the law pack.")
    for name, event in file.model.events.items():
        end = (event.end or event.start) if event else None
        if event and end and end < today and not event.edition:
            yield file.at(("events", name), "This event is over. Remove it, or give it its edition.", "warning")


def _shared_sentences(library: Library, data: Path) -> Iterator[Problem]:
    """Two topics must not share a sentence."""
    seen: dict[tuple[str, str], str] = {}
    for name, topic in sorted(library.topics.items()):
        for key, by_language in texts(topic):
            for language, text in by_language.items():
                for part in [text] if isinstance(text, str) else text:
                    for sentence in SENTENCE.findall(part):
                        words = " ".join(sentence.lower().split())
                        if len(words.split()) < SHARED_SENTENCE_WORDS:
                            continue
                        owner = seen.setdefault((language, words), name)
                        if owner != name:
                            path = data / "topics" / f"{name}.yml"
                            line = load(path).line((*key, language))
                            yield Problem(
                                path,
                                line,
                                f"“{sentence.strip()}” stands in “{owner}” too. Say it in this topic's own words.",
                            )


def _records(node: Any, key: Key = ()) -> Iterator[tuple[Key, Record]]:
    for place, model in _models(node, key):
        if isinstance(model, Record):
            yield place, model


def _models(node: Any, key: Key = ()) -> Iterator[tuple[Key, BaseModel]]:
    if isinstance(node, BaseModel):
        yield key, node
        for name in node.__fields__:
            yield from _models(getattr(node, name), (*key, name))
    elif isinstance(node, dict):
        for name, child in node.items():
            if isinstance(child, BaseModel):
                yield from _models(child, (*key, name))


CHECKS: tuple[Check, ...] = (
    _topics,
    _placeholders,
    _city_languages,
    _references,
    _source_names,
    _addresses,
    _unconfirmed_only_for_law,
    _listed_for_review,
    _placeholders_left,
    _interface,
)
