"""What holds in one city: shared topics, law packs from general to local, and the city's own file, merged.

The nearer entry replaces the farther entry whole; only `add` appends. Entries with status draft are left out here, so
nothing behind this module can show them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rightsdesk.knowledge.models import (
    Answer,
    City,
    CityHead,
    Contact,
    Danger,
    Event,
    ExtraTopic,
    Law,
    LawPack,
    Place,
    Record,
    Referral,
    Register,
    Review,
    Source,
    Technology,
    Topic,
)
from rightsdesk.knowledge.problems import did_you_mean

AnyRecord = TypeVar("AnyRecord", bound=Record)
FRONT_DESK_ROLES = ("dpo", "foi", "accessibility", "smart_city", "digital_help", "language", "participation")
ROLE_FALLBACKS = {**dict.fromkeys(FRONT_DESK_ROLES, "front_desk"), "cctv": "dpo"}


class MissingPack(Exception):
    """A city or a law pack names a law pack that does not exist, or packs name each other in a circle."""

    def __init__(self, text: str, path: Path, line: int | None) -> None:
        super().__init__(text)
        self.path = path
        self.line = line


@dataclass
class Locality:
    """Everything that holds in one city (or, with `head` None, in no city in particular).

    Attributes:
        topics: by id, the shared ones and those that only this city has.
        contacts: by id, the nearest last.
        contacts_by_topic: the ids of contacts named for a topic, the nearest first.
        answers: by topic, from general to local.
    """

    head: CityHead | None = None
    review: Review | None = None
    topics: dict[str, Topic] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    contacts_by_topic: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    laws: dict[str, Law] = field(default_factory=dict)
    registers: dict[str, Register] = field(default_factory=dict)
    technologies: dict[str, Technology] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    emergency: dict[str, Danger] = field(default_factory=dict)
    referrals: dict[str, Referral] = field(default_factory=dict)

    @property
    def default_language(self) -> str:
        """The first language of the city; English where no city is known."""
        return self.head.languages[0] if self.head else "en"

    def contact_for(self, role: str) -> tuple[Contact | None, bool]:
        """Find who is nearest for a role.

        Args:
            role: one of the roles of contacts.

        Returns:
            The contact or None, and whether it stands in for a contact that the city has not published.
        """
        for contact in reversed(self.contacts.values()):
            if contact.role == role:
                return contact, False
        if role in ROLE_FALLBACKS:
            return self.contact_for(ROLE_FALLBACKS[role])[0], True
        return None, True


def resolve(city: City | None, packs: dict[str, LawPack], topics: dict[str, Topic]) -> Locality:
    """Merge what holds in a city.

    Args:
        city: the city's file, or None for the shared answers.
        packs: all law packs by id.
        topics: all shared topics by id.

    Returns:
        The merged knowledge, without drafts.

    Raises:
        MissingPack: a law pack is missing or the packs form a circle.
    """
    public_topics = {name: topic for name, topic in topics.items() if topic.public}
    if city is None:
        return Locality(topics=public_topics)
    layers: list[LawPack | City] = [*pack_chain(city, packs), city]
    hidden = set(city.hide)
    own = {own_topic_id(city, name): extra for name, extra in public(city.extra_topics).items()}
    shared = {name: topic for name, topic in public_topics.items() if name not in hidden}
    contacts = _nearest(layer.contacts for layer in layers)
    return Locality(
        head=city.city,
        review=city.review,
        topics={**shared, **{name: _own_topic(name, extra) for name, extra in own.items()}},
        sources={name: source for layer in layers for name, source in layer.sources.items()},
        contacts=contacts,
        contacts_by_topic=_contacts_by_topic(contacts, own),
        places=public(city.places),
        laws=_nearest(layer.laws for layer in layers),
        registers=_nearest(layer.registers for layer in layers),
        technologies=public(city.technologies),
        events=_nearest(layer.events for layer in layers),
        answers=_answers(layers),
        emergency=_nearest(layer.emergency for layer in layers),
        referrals=_nearest(layer.referrals for layer in layers),
    )


def pack_chain(city: City, packs: dict[str, LawPack]) -> list[LawPack]:
    """List the law packs of a city from general to local, parents first, each once.

    Args:
        city: the city's file.
        packs: all law packs by id.

    Raises:
        MissingPack: a pack is missing or the packs form a circle.
    """
    chain: list[str] = []
    here = (Path(f"{city.city.id}.yml"), None)
    for name in city.city.jurisdictions:
        for pack in _with_parents(name, packs, here):
            if pack not in chain:
                chain.append(pack)
    return [packs[name] for name in chain]


def own_topic_id(city: City, name: str) -> str:
    """Return the id of a topic that only this city has: `<city>__<topic>`."""
    return f"{city.city.id}__{name}"


def public(entries: dict[str, AnyRecord | None] | dict[str, AnyRecord]) -> dict[str, AnyRecord]:
    """Keep the entries that residents may see."""
    return {name: entry for name, entry in entries.items() if entry is not None and entry.public}


def _with_parents(name: str, packs: dict[str, LawPack], place: tuple[Path, int | None]) -> list[str]:
    line: list[str] = []
    current: str | None = name
    while current is not None:
        if current in line:
            circle = " → ".join(reversed([*line, current]))
            raise MissingPack(f"The law packs name each other as parent in a circle: {circle}. Mend one.", *place)
        if current not in packs:
            hint = did_you_mean(current, list(packs))
            raise MissingPack(f"The law pack “{current}” does not exist (or has an error).{hint}", *place)
        line.append(current)
        place = (Path(f"{current}.yml"), None)
        current = packs[current].parent
    return list(reversed(line))


def _own_topic(name: str, extra: ExtraTopic) -> Topic:
    """Make a city's own topic a topic like the others, so that every surface shows it."""
    record = {field: getattr(extra, field) for field in Record.__fields__}
    topic = Topic.construct(
        schema_="1",
        id=name,
        group=extra.group,
        rights=False,
        title=extra.name,
        short=extra.answer,
        steps=extra.steps,
        **record,
    )
    topic._origin = extra._origin
    return topic


def _contacts_by_topic(contacts: dict[str, Contact], own: dict[str, ExtraTopic]) -> dict[str, list[str]]:
    """List the contacts that are named for each topic, the nearest first; a city's own topic names them itself."""
    named: dict[str, list[str]] = {}
    for name, contact in reversed(contacts.items()):
        for topic in contact.topics:
            named.setdefault(topic, []).append(name)
    return {**named, **{topic: [name for name in extra.contacts if name in contacts] for topic, extra in own.items()}}


def _nearest(layers: Iterable[dict[str, AnyRecord | None]]) -> dict[str, AnyRecord]:
    """Merge entries from general to local; an entry without value removes the farther one."""
    merged: dict[str, AnyRecord] = {}
    for layer in layers:
        for name, entry in layer.items():
            if entry is None:
                merged.pop(name, None)
            elif entry.public:
                merged.pop(name, None)
                merged[name] = entry
    return merged


def _answers(layers: Iterable[LawPack | City]) -> dict[str, list[Answer]]:
    merged: dict[str, list[Answer]] = {}
    for layer in layers:
        for topic, answer in layer.answers.items():
            if answer is None or (answer.public and answer.replace):
                merged.pop(topic, None)
            if answer is not None and answer.public:
                merged.setdefault(topic, []).append(answer)
    return merged
