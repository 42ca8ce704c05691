"""`rightsdesk new`: the first version of a city file, commented, that `check` accepts."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.core import get_global

from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.problems import did_you_mean
from rightsdesk.knowledge.writing import write_atomically
from rightsdesk.languages import LANGUAGES

EEA_ONLY = ("IS", "LI", "NO")
EU = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"),
    *("MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)
CITY_ID = re.compile(r"^[a-z][a-z0-9-]{1,40}$")


class CannotBegin(Exception):
    """The answers do not make a city file; the text says why and what to do."""


@dataclass(frozen=True)
class Basics:
    """What the command asks for.

    Attributes:
        name: the city's own name.
        country: two letters, such as PT.
        languages: the first is the default.
        owner: the team that keeps the file true.
        website: the city's https address.
        front_desk: general phone number, may be empty.
        privacy_email: e-mail of the data protection officer, may be empty.
    """

    id: str
    name: str
    country: str
    languages: tuple[str, ...]
    owner: str
    website: str
    front_desk: str
    privacy_email: str


def id_from_name(name: str) -> str:
    """Suggest a city id: small letters without accents, words joined with hyphens.

    Args:
        name: the city's name, such as `Köln`.
    """
    plain = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def create(data: Path, library: Library, basics: Basics, today: date) -> Path:
    """Write the file.

    Args:
        data: the data folder.
        library: the knowledge, for law packs and the words of the languages.
        basics: the answers.
        today: the day on which the website was looked at.

    Raises:
        CannotBegin: the id, a language or the country cannot be used, or the city has a file already.
    """
    path = data / "cities" / f"{basics.id}.yml"
    if not CITY_ID.match(basics.id):
        raise CannotBegin(f"“{basics.id}” cannot be an id. Use small letters, digits and hyphens, for example porto.")
    if path.exists():
        raise CannotBegin(f"There is a file for {basics.id} already: {path.name}.")
    for language in basics.languages:
        if language not in LANGUAGES:
            hint = did_you_mean(language, list(LANGUAGES))
            raise CannotBegin(f"“{language}” is not a language here. Use: {', '.join(LANGUAGES)}.{hint}")
    if not basics.website.startswith("https://"):
        raise CannotBegin(f"“{basics.website}” must be an https address.")
    write_atomically(
        path, _text(basics, _jurisdictions(library, basics.country), _timezone(basics.country), library, today)
    )
    return path


def _jurisdictions(library: Library, country: str) -> list[str]:
    code = country.lower()
    neighbour = next((city.city for city in library.cities.values() if city.city.country == country), None)
    if neighbour:
        return [name for name in neighbour.jurisdictions if "-" not in name]
    general = ["eea", "eu"] if country in EU else ["eea"] if country in EEA_ONLY else []
    own = [code] if code in library.packs else []
    if not general and not own:
        raise CannotBegin(
            f"There is no law pack for {country}. Write data/laws/{code}.yml first; docs/city-guide.md says how."
        )
    return [*general, *own]


def _timezone(country: str) -> str:
    zones = get_global("territory_zones").get(country)
    if not zones:
        raise CannotBegin(f"“{country}” is not a country code. Use two capital letters, for example PT.")
    return str(zones[0])


def _text(basics: Basics, jurisdictions: list[str], timezone: str, library: Library, today: date) -> str:
    contacts = [_contact(basics, "front_desk", "phone", basics.front_desk, library)]
    contacts.append(_contact(basics, "dpo", "email", basics.privacy_email, library))
    return TEMPLATE.format(
        id=basics.id,
        name=_quoted(basics.name),
        jurisdictions=", ".join(jurisdictions),
        timezone=timezone,
        languages=", ".join(basics.languages),
        country=basics.country,
        owner=_quoted(basics.owner),
        website=basics.website,
        title=_quoted(f"{basics.name}: website of the city"),
        today=today.isoformat(),
        contacts="".join(contacts),
    )


def _contact(basics: Basics, role: str, field: str, value: str, library: Library) -> str:
    names = {
        language: library.ui.get(language, library.ui["en"])[f"role_{role}"]
        for language in dict.fromkeys([*basics.languages, "en"])
    }
    lines = [f"  {role.replace('_', '-')}:", f"    role: {role}", "    name:"]
    lines += [f"      {language}: {_quoted(f'{basics.name}: {name}')}" for language, name in names.items()]
    lines.append(f"    {field}: {_quoted(value)}" if value else f"    # {field}: not known yet")
    lines += [
        "    source: website",
        "    status: draft    # residents see it after somebody has read the page: status: verified, checked, by",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


TEMPLATE = """\
# yaml-language-server: $schema=../../schema/city.schema.json
# What holds only in this city. Nothing is invented: what is not known yet stays out, or is a draft.
# Check it: rightsdesk check {id}    See it: rightsdesk preview {id}    Help: docs/city-guide.md
schema: 1
city:
  id: {id}
  name: {name}
  jurisdictions: [{jurisdictions}]    # law packs, from general to local
  timezone: {timezone}
  languages: [{languages}]    # the first one is the default
  country: {country}
review:
  owner: {owner}    # a team, never a person
  contacts: 6 months    # how long a checked fact counts as fresh
  laws: 12 months
  answers: 12 months
sources:
  website:
    title: {title}
    url: {website}
    seen: {today}
contacts:
{contacts}
# places:          libraries, citizen offices, repair cafés, with opening hours
# registers:       does the city publish lists of its algorithms, cameras, sensors?
# technologies:    single cameras, sensors and systems that residents ask about
# events:          what takes place on the International Digital Rights Days
# answers:         what differs here for a topic: add (a sentence) or replace (the whole answer)
# referrals:       who deals with passports, bins, fines, taxes
# docs/format.md explains every field; data/cities/leipzig.yml is a full example.
"""
