"""The shape of every knowledge file. Field descriptions are what editors see as help."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Extra, Field, PrivateAttr, root_validator, validator

from rightsdesk.knowledge.fields import Day, Period, Prose, ProseList, Text, YesNo

Group = Literal["privacy", "surveillance", "algorithms", "access", "expression", "rights"]
FACETS = ("how", "cost", "deadline", "identity", "refused", "contact", "offline", "law")
Facet = Literal["how", "cost", "deadline", "identity", "refused", "contact", "offline", "law"]
Status = Literal["verified", "unconfirmed", "draft"]
Known = Literal["yes", "no", "unknown"]
LOGO = re.compile(r"^/logos/[a-z0-9][a-z0-9-]*\.(?:svg|png)$")  # a picture of this server, never of another
ROLES = (
    "dpo",  # data protection officer or privacy contact of the city
    "front_desk",  # the city's general number or counter
    "foi",  # requests for documents
    "data_protection",  # the authority that supervises data protection
    "foi_authority",  # the body to turn to when documents are refused
    "accessibility",  # the city's contact for barriers on its sites
    "accessibility_authority",  # the body that enforces web accessibility
    "equality",  # advice on discrimination, the equality body
    "police",
    "cctv",  # who runs the public cameras
    "transport",  # the public transport company
    "smart_city",  # unit for sensors, data platform, algorithms
    "digital_help",  # help with computers and phones
    "library",
    "participation",
    "cyber",  # reporting fraud and hacking, technical help after it
    "consumer",
    "crisis",  # help line for people threatened or abused
    "youth",  # help line for children and young people
    "ombudsman",
    "media",  # fact checking, media literacy
    "digital_services",  # the digital services coordinator (online platforms)
    "digital_identity",
    "language",
    "repair",
    "idrd",
    "coalition",
)


class Strict(BaseModel):
    """A map in which unknown names are errors."""

    class Config:
        """Unknown fields are mistakes of the editor, never extras."""

        extra = Extra.forbid


class Record(Strict):
    """One fact: it says where it comes from and how sure the project is of it."""

    source: list[str] = Field([], description="short names from `sources`: the pages that say this")
    status: Status = Field("draft", description="verified, unconfirmed (law texts and emergency numbers) or draft")
    checked: Day | None = Field(None, description="the day on which somebody read the source")
    by: str | None = Field(None, description="the team that read it; never a person's name")
    _origin: tuple[Path, int | None] | None = PrivateAttr(None)

    @validator("source", pre=True)
    def _one_or_more(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @root_validator(skip_on_failure=True)
    def _verified_needs_evidence(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["status"] == "verified" and not (values["checked"] and values["by"] and values["source"]):
            raise ValueError(
                "status: verified needs checked (a day), by (a team) and source. Add them or write status: draft"
            )
        return values

    @property
    def origin(self) -> tuple[Path, int | None] | None:
        """The file and line that this record was read from."""
        return self._origin

    @property
    def public(self) -> bool:
        """Whether residents may see it."""
        return self.status != "draft"


class Source(Strict):
    """A page that a fact was read on."""

    title: str
    url: str = Field("", description="https address; empty when the page has no public address")
    seen: Day | None = Field(None, description="the day on which the page was read")


class Contact(Record):
    """Somebody a resident can turn to."""

    role: str | None = Field(None, description=f"what the contact is for: {', '.join(ROLES)}")
    name: Text
    topics: list[str] = Field([], description="answers that end with this contact")
    email: str | None = None
    phone: str | None = None
    form: str | None = Field(None, description="https address of a form to write with")
    url: str | None = None
    address: Text | None = None
    hours: dict[str, str] | None = Field(None, description="for example tue-fri: 10:00-19:00")
    languages: list[str] = []
    note: Prose | None = Field(None, description="what a resident must know before calling or writing")
    valid_until: Day | None = None

    @validator("role")
    def _known_role(cls, value: str | None) -> str | None:
        if value is not None and value not in ROLES:
            raise ValueError(f"“{value}” is not a role. Use one of: {', '.join(ROLES)}")
        return value


class Place(Record):
    """A place to go to."""

    kind: Literal["library", "citizen_office", "repair_cafe", "learning", "wifi", "office", "other"]
    name: Text
    topics: list[str] = []
    address: Text | None = None
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None
    hours: dict[str, str] | None = None
    languages: list[str] = []
    step_free: Known = "unknown"
    note: Prose | None = None


class Law(Record):
    """What a law says for one matter; topics name it by `legal`."""

    name: Text
    article: Text | None = Field(None, description="number only, such as 15 or 13-14; a text per language if needed")
    url: str | None = Field(None, description="official text, https")
    deadline: Period | None = Field(None, description="how long the city has, for example 1 month")
    extension: Period | None = Field(None, description="by how much it may take longer")
    authority: str | None = Field(None, description="role of the body to complain to, for example data_protection")
    facets: dict[Facet, Prose] = Field({}, description="answers to follow-up questions that this law gives")
    note: Prose | None = Field(None, description="one sentence on this place's law, shown with the answer")


class Register(Record):
    """A public list, for example of algorithms or cameras."""

    published: YesNo
    name: Text | None = None
    url: str | None = None
    note: Prose | None = None
    ask: str | None = Field(None, description="id of the contact who knows more")


class Technology(Record):
    """A camera, sensor or algorithm in the city."""

    name: Text
    topics: list[str] = []
    near: Text | None = Field(None, description="where it is")
    about: Prose | None = Field(None, description="what it does with data, in one or two sentences")
    dtpr: list[str] = Field([], description="category__element of the DTPR v1 taxonomy")
    run_by: Literal["city", "police", "transport", "private", "state", "unknown"] = "unknown"
    personal_data: Known = "unknown"
    kept: Period | None = Field(None, description="how long data is kept")
    url: str | None = None
    law: str | None = None
    ask: str | None = Field(None, description="id of the contact who knows more")


class Event(Record):
    """Something to go to, or that happened in an edition of the Days."""

    edition: str | None = Field(None, description="year of the International Digital Rights Days it belongs to")
    kind: str | None = None
    name: Text
    about: Prose | None = None
    city: str | None = Field(None, description="city it takes place in, for events in idrd.yml")
    start: Day | None = None
    end: Day | None = None
    time: str | None = None
    where: Text | None = None
    price: Text | None = None
    languages: list[str] = []
    registration: Prose | None = None
    step_free: Known = "unknown"
    url: str | None = None
    contact: str | None = None

    @root_validator(skip_on_failure=True)
    def _has_a_time(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not values["edition"] and not values["start"]:
            raise ValueError("an event needs start (a day) or edition (a year). Add one of them")
        return values


class Feed(Record):
    """A calendar that is read regularly."""

    type: Literal["ical", "linkedevents", "openagenda", "jsonld"]
    url: str
    words: list[str] = []
    warn_after: Period
    hide_after: Period


class AnswerBody(Strict):
    """An answer that stands in for the shared one."""

    short: Prose
    easy: Prose | None = None
    steps: ProseList | None = None
    but: ProseList | None = None
    facets: dict[Facet, Prose] = {}


class Answer(Record):
    """What differs here for one topic."""

    add: Prose | None = Field(None, description="put after the shared answer")
    replace: AnswerBody | None = Field(None, description="stands in for the shared answer")
    letter: str | None = Field(None, description="the letter that fits here, in place of the topic's own")

    @root_validator(skip_on_failure=True)
    def _does_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not values["add"] and not values["replace"] and not values["letter"]:
            raise ValueError("an answer needs add, replace or letter")
        return values


class ExtraTopic(Record):
    """A topic of this city alone."""

    name: Prose
    group: Group = Field("rights", description="the heading under which the list of topics shows it")
    examples: ProseList
    answer: Prose
    steps: ProseList | None = None
    contacts: list[str] = []


class Referral(Record):
    """Who deals with a matter that is not ours."""

    name: Prose = Field(..., description="the matter, for example passports and identity cards")
    words: ProseList = Field(..., description="words by which residents name it")
    office: Text
    phone: str | None = None
    url: str | None = None


class Danger(Record):
    """A number to call in danger."""

    name: Text
    phone: str
    purpose: Prose | None = Field(None, description="when to call it")
    url: str | None = None


class Controller(Record):
    """Who answers for this assistant's own handling of data."""

    name: Text
    contact: str | None = None
    url: str | None = None


class CityHead(Strict):
    """Who and where the city is."""

    id: str = Field(..., regex=r"^[a-z][a-z0-9-]{1,40}$")
    name: Text
    jurisdictions: list[str] = Field(..., min_items=1, description="law packs, from general to local")
    holidays: str | None = Field(None, description="calendar for deadlines, for example DE-SN")
    timezone: str = Field(..., description="name of the time zone, for example Europe/Berlin")
    languages: list[str] = Field(..., min_items=1, description="the first one is the default")
    coalition_member: YesNo | None = None
    country: str | None = Field(None, description="two capital letters, for example DE")

    @validator("timezone")
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValueError(f"“{value}” is not a time zone. Write for example Europe/Berlin") from None
        return value


class Review(Strict):
    """Who keeps the file true and how often it is looked at again."""

    owner: str = Field(..., description="a team, never a private person")
    contacts: Period = Period(6, "months")
    laws: Period = Period(12, "months")
    answers: Period = Period(12, "months")


class Theme(Strict):
    """The city's look."""

    primary: str | None = Field(None, regex=r"^#[0-9a-fA-F]{6}$")
    logo: str | None = Field(None, description="a picture in data/logos, as /logos/name.svg")


class GoldenQuestion(Strict):
    """A question of this city with its expected topic."""

    text: str
    topic: str
    language: str


class LocalLayer(Strict):
    """What a law pack and a city file have in common: the entries that the nearer file may replace."""

    sources: dict[str, Source] = Field({}, description="the pages that facts were read on")
    contacts: dict[str, Contact | None] = Field({}, description="whom residents can turn to")
    laws: dict[str, Law | None] = Field({}, description="what the law says here; topics name entries by `legal`")
    registers: dict[str, Register | None] = Field({}, description="public lists of algorithms, cameras, sensors")
    events: dict[str, Event | None] = Field({}, description="what takes place, or took place, on the Days")
    answers: dict[str, Answer | None] = Field({}, description="what differs here, by topic: add or replace")
    emergency: dict[str, Danger | None] = Field({}, description="numbers to call in danger, the most general first")
    referrals: dict[str, Referral | None] = Field({}, description="who deals with what is not ours, such as passports")


class LawPack(LocalLayer):
    """The law of a union, a country or a region."""

    schema_: Literal["1"] = Field(..., alias="schema")
    id: str
    name: Prose
    parent: str | None = None


class City(LocalLayer):
    """The one file of a city."""

    schema_: Literal["1"] = Field(..., alias="schema")
    city: CityHead = Field(..., description="who and where the city is")
    review: Review = Field(..., description="who keeps the file true, and how often facts are read again")
    places: dict[str, Place | None] = Field({}, description="libraries, citizen offices, repair cafés")
    technologies: dict[str, Technology | None] = Field({}, description="cameras, sensors and systems people ask about")
    feeds: dict[str, Feed] = Field({}, description="calendars that are read regularly")
    hide: list[str] = Field([], description="topics that make no sense here")
    examples: dict[str, ProseList] = Field({}, description="questions that people ask here, by topic")
    extra_topics: dict[str, ExtraTopic] = Field({}, description="topics of this city alone")
    extra_holidays: dict[str, str] = Field({}, description="local holidays that move deadlines: day and name")
    controller: Controller | None = Field(None, description="who answers for this assistant's own handling of data")
    staff_notes: dict[str, Prose] = Field({}, description="notes for the help desk, by topic; residents never see them")
    notices: dict[str, Prose] = Field({}, description="short notices on the city's pages")
    theme: Theme = Field(Theme(primary=None, logo=None), description="the city's colour and logo")
    embed_origins: list[str] = Field([], description="sites that may show the assistant in a frame")
    golden: dict[str, GoldenQuestion] = Field({}, description="questions of this city with the topic they belong to")


class Topic(Record):
    """The shared answer of a topic: only what holds in every place."""

    schema_: Literal["1"] = Field(..., alias="schema")
    id: str
    group: Group
    rights: YesNo = Field(..., description="yes: owes an exception (`but`) and a law")
    legal: list[str] = Field([], description="entries of the law packs, the main one first")
    contacts: list[str] = Field([], description="roles, best first")
    registers: list[str] = Field([], description="registers of the city that belong to the answer")
    letter: str | None = None
    related: list[str] = []
    title: Prose
    short: Prose
    easy: Prose | None = None
    steps: ProseList | None = None
    but: ProseList | None = None
    facets: dict[Facet, Prose] = {}
    staff: Prose | None = None
    source: list[str] = Field([], alias="sources")

    @validator("legal", pre=True)
    def _one_or_more_laws(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class Edition(Record):
    """One edition of the International Digital Rights Days."""

    start: Day
    end: Day
    number: int | None = None
    coordinators: list[str] = []
    about: Prose | None = None
    url: str | None = None


class Days(Strict):
    """The International Digital Rights Days: `idrd.yml`."""

    schema_: Literal["1"] = Field(..., alias="schema")
    name: Text
    url: str
    contact: str = Field(..., description="mailbox for cities, groups and people who want to take part")
    sources: dict[str, Source] = {}
    editions: dict[str, Edition]
    events: dict[str, Event] = {}

    def edition_for(self, today: date) -> tuple[str, Edition]:
        """Return the edition that is running or comes next; after the last known one, that one.

        Args:
            today: the day to look from.
        """
        ordered = sorted(self.editions.items())
        return next(((year, edition) for year, edition in ordered if edition.end >= today), ordered[-1])


class Strings(Strict):
    """The words of the interface in one language: `ui/<language>.yml`."""

    schema_: Literal["1"] = Field(..., alias="schema")
    language: str
    strings: dict[str, str]


class OtherLanguages(Strict):
    """One line in each language that we recognise but have no answers in: `other_languages.yml`."""

    schema_: Literal["1"] = Field(..., alias="schema")
    lines: dict[str, str]


CONVERSATION_CHOICES = ("own_case", "human")  # what guided paths may offer beside topics


class GuidedPath(Strict):
    """A question with choices for a message that could mean several topics."""

    words: ProseList = Field(..., description="whole messages that call for this question")
    question: Prose
    when_unsure: YesNo = Field(False, description="yes: ask it also when hesitating between two of its topics")
    choices: dict[str, Prose] = Field(..., description="by topic or conversation intent, in the order shown")


class GuidedPaths(Strict):
    """The questions that untangle what residents bring most: `guided_paths.yml`."""

    schema_: Literal["1"] = Field(..., alias="schema")
    paths: dict[str, GuidedPath]


class LanguageStyle(Strict):
    """How plain the texts of one language must be."""

    sentence: int = Field(..., description="most words in one sentence")
    lix: int | None = Field(None, description="highest reading index of an answer")
    instead: dict[str, str] = Field({}, description="wording of officials, and what to write instead")


class Style(Strict):
    """Limits of plain language: `style.yml`."""

    schema_: Literal["1"] = Field(..., alias="schema")
    languages: dict[str, LanguageStyle]


class Letter(Record):
    """A request letter, ready to be sent once the blanks are filled."""

    schema_: Literal["1"] = Field(..., alias="schema")
    id: str
    to: str = Field(
        ..., description="role of the addressee, for example dpo; owner where only the resident can know it"
    )
    legal: list[str] = Field([], description="entries of the law packs that the letter relies on")
    title: Prose
    subject: Prose
    body: Prose = Field(..., description="the letter; ____ marks what the resident fills in")
    source: list[str] = Field([], alias="sources")

    @validator("legal", pre=True)
    def _one_or_more_laws(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value
