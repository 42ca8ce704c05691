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
        contacts: by id, the nearest last.
        answers: by topic, from general to local.
    """

    head: CityHead | None = None
    review: Review | None = None
    topics: dict[str, Topic] = field(default_factory=dict)
    extra_topics: dict[str, ExtraTopic] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
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
    return Locality(
        head=city.city,
        review=city.review,
        topics={name: topic for name, topic in public_topics.items() if name not in hidden},
        extra_topics=public(city.extra_topics),
        sources={name: source for layer in layers for name, source in layer.sources.items()},
        contacts=_nearest(layer.contacts for layer in layers),
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
