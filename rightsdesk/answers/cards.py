"""From a topic in a place and a language to its card."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from rightsdesk.answers.reply import SHORT_LIMIT, Card
from rightsdesk.answers.wording import Filler, Wording
from rightsdesk.knowledge import freshness
from rightsdesk.knowledge.models import (
    FACETS,
    Answer,
    AnswerBody,
    Contact,
    Law,
    Letter,
    Place,
    Record,
    Source,
    Technology,
    Topic,
)
from rightsdesk.knowledge.resolution import Locality
from rightsdesk.languages import choose

ARTICLE_NUMBERS = re.compile(r"\d+[a-z]?(?:(?:-|–|,\s*)\d+[a-z]?)*")
MAX_CONTACTS = 4
MAX_PLACES = 3
MAX_TECHNOLOGIES = 6


@dataclass(frozen=True)
class Composer:
    """Composes cards for one place, one resident's language and one day.

    Attributes:
        locality: everything that holds in the city.
        ui: the interface words of every language.
        language: the language that the resident reads.
        today: the day to look from.
        days: the span of the International Digital Rights Days that comes next.
        shared_sources: pages that no law pack or city file owns, such as the Coalition's.
    """

    locality: Locality
    ui: dict[str, dict[str, str]]
    language: str
    today: date
    days: tuple[date, date] | None = None
    shared_sources: dict[str, Source] | None = None

    def card(self, topic: Topic, letters: dict[str, Letter] | None = None) -> Card:
        """Compose the whole answer of a topic.

        Args:
            topic: a topic that exists in this place.
            letters: the letters of the project; the topic's own is filled in.
        """
        body, additions = self._body(topic)
        shown = choose(body.short, self.language, self.locality.default_language) or "en"
        wording = self.wording(shown)
        filler = Filler.for_topic(self.locality, wording, topic, self.days)
        laws = self._laws(topic)
        card = Card(
            title=wording.pick(topic.title),
            short=shorten(filler.fill(body.short[shown])),
            steps=self._list(body.steps, shown, filler),
            local=[*self._additions(additions, wording, filler), *self._registers(topic, wording, filler)],
            but=self._list(body.but, shown, filler),
            right=_rights(laws, wording),
            contacts=[self._contact(contact, stands_in, wording) for contact, stands_in in self._contacts(topic)],
            places=[self._place(place, wording) for place in self._places(topic)],
            technologies=[_technology(item, wording) for item in self._technologies(topic)],
            letter=self.letter((letters or {}).get(_letter_name(topic, additions)), shown),
            language=shown,
        )
        card.local += [note for law in laws if law.note and (note := filler.fill(wording.pick(law.note)))]
        self._stamp(card, [*self.records(topic)["short"], *laws], wording)
        return card

    def records(self, topic: Topic) -> dict[str, list[Record]]:
        """List what the card of a topic is made of, by the part of the card that it fills.

        Args:
            topic: a topic that exists in this place.
        """
        _, additions = self._body(topic)
        shared = [] if any(answer.replace for answer in additions) else [topic]
        registers = [self.locality.registers[name] for name in topic.registers if name in self.locality.registers]
        return {
            "short": [*shared, *additions],
            "local": [*registers],
            "right": [*self._laws(topic)],
            "contacts": [contact for contact, _ in self._contacts(topic)],
            "places": [*self._places(topic)],
            "technologies": [*self._technologies(topic)],
        }

    def facet(self, topic: Topic, facet: str) -> Card:
        """Compose the answer to a follow-up question on a topic.

        Args:
            topic: the current topic.
            facet: one of the facets, or `explain_simpler`, `tell_more`, `show_sources`.
        """
        whole = self.card(topic)
        wording = self.wording(whole.language)
        if facet == "show_sources":
            return self._sources_card(whole, wording)
        if facet == "tell_more":
            return self._more(topic, whole, wording)
        if facet == "explain_simpler":
            return self._simple(topic, whole, wording)
        title = f"{whole.title}: {wording.say(f'facet_{facet}')}"
        short = self._facet_text(topic, facet, whole, wording)
        steps = whole.steps if facet == "how" else []
        contacts = whole.contacts if facet in ("contact", "offline", "refused", "how") else whole.contacts[:1]
        places = whole.places if facet in ("offline", "contact", "how") else []
        return replace(
            whole,
            title=title,
            short=shorten(short),
            steps=steps,
            local=[],
            but=[],
            contacts=contacts,
            places=places,
            technologies=[],
        )

    def letter(self, letter: Letter | None, language: str | None = None) -> dict[str, object] | None:
        """Fill a letter with the addresses and laws of this place; what the resident adds stays ____."""
        if letter is None or not letter.public:
            return None
        shown = choose(letter.body, language or self.language, self.locality.default_language) or "en"
        wording = self.wording(shown)
        filler = Filler(self.locality, wording, tuple(letter.legal), self.days)
        contact, stands_in = self.locality.contact_for(letter.to)
        return {
            "id": letter.id,
            "title": wording.pick(letter.title),
            "to": self._contact(contact, stands_in, wording) if contact else None,
            "subject": filler.fill(wording.pick(letter.subject)),
            "body": filler.fill(letter.body[shown]),
            "language": shown,
        }

    def wording(self, language: str | None = None) -> Wording:
        """Return the interface words in a language (default: the resident's)."""
        return Wording(self.ui, language or self.language, self.locality.default_language)

    def contact_dict(self, role: str) -> dict[str, object] | None:
        """Return who is there for a role, as the card shows it; None where nobody is known."""
        contact, stands_in = self.locality.contact_for(role)
        return self._contact(contact, stands_in, self.wording()) if contact else None

    def _body(self, topic: Topic) -> tuple[AnswerBody, list[Answer]]:
        additions = self.locality.answers.get(topic.id, [])
        for answer in reversed(additions):
            if answer.replace:
                return answer.replace, additions
        shared = AnswerBody.construct(
            short=topic.short, easy=topic.easy, steps=topic.steps, but=topic.but, facets=topic.facets
        )
        return shared, additions

    def _list(self, texts: dict[str, list[str]] | None, shown: str, filler: Filler) -> list[str]:
        if not texts:
            return []
        language = shown if shown in texts else choose(texts, shown, self.locality.default_language)
        return [filler.fill(text) for text in texts[language]] if language else []

    def _additions(self, answers: list[Answer], wording: Wording, filler: Filler) -> list[str]:
        return [filler.fill(wording.pick(answer.add)) for answer in answers if answer.add]

    def _registers(self, topic: Topic, wording: Wording, filler: Filler) -> list[str]:
        lines = []
        for name in topic.registers:
            register = self.locality.registers.get(name)
            if register is None:
                continue
            ask = self.locality.contacts.get(register.ask or "")
            if register.published:
                title = wording.pick(register.name) if register.name else wording.say(f"register_{name}")
                lines.append(wording.say("register_published", register=title, url=register.url or "").rstrip(" :"))
            else:
                who = wording.pick(ask.name) if ask else filler.fill("{contact:dpo}")
                lines.append(
                    wording.say("register_missing", city=filler.city, list=wording.say(f"list_{name}"), ask=who)
                )
            if register.note:
                lines.append(filler.fill(wording.pick(register.note)))
        return lines

    def _contacts(self, topic: Topic) -> list[tuple[Contact, bool]]:
        found: list[tuple[Contact, bool]] = []
        named = [self.locality.contacts[name] for name in self.locality.contacts_by_topic.get(topic.id, [])]
        by_role = [self.locality.contact_for(role) for role in topic.contacts]
        for contact, stands_in in [*by_role, *((contact, False) for contact in named)]:
            if contact and all(contact is not other for other, _ in found):
                found.append((contact, stands_in))
        return found[:MAX_CONTACTS]

    def _laws(self, topic: Topic) -> list[Law]:
        return [self.locality.laws[name] for name in topic.legal if name in self.locality.laws]

    def _places(self, topic: Topic) -> list[Place]:
        return [place for place in self.locality.places.values() if topic.id in place.topics][:MAX_PLACES]

    def _technologies(self, topic: Topic) -> list[Technology]:
        found = [item for item in self.locality.technologies.values() if topic.id in item.topics]
        return found[:MAX_TECHNOLOGIES]

    def _contact(self, contact: Contact, stands_in: bool, wording: Wording) -> dict[str, object]:
        period = self.locality.review.contacts if self.locality.review else freshness.NO_REVIEW
        stale = freshness.hidden(contact, period, self.today)
        expired = contact.valid_until is not None and contact.valid_until < self.today
        name = wording.pick(contact.name)
        details = {
            "phone": contact.phone,
            "email": contact.email,
            "form": contact.form,
            "address": wording.pick(contact.address) if contact.address else None,
            "hours": wording.hours(contact.hours),
            "opening": contact.hours,
        }
        notes = [wording.pick(contact.note)] if contact.note else []
        if stale or expired:
            notes.append(wording.say("please_confirm"))
        if contact.status == "unconfirmed":
            notes.append(wording.say("unconfirmed"))
        return {
            "role": contact.role,
            "name": name,
            "url": contact.url,
            **(dict.fromkeys(details) if stale or expired else details),
            "languages": contact.languages,
            "note": " ".join(notes) or None,
            "stands_in": stands_in,
        }

    def _place(self, place: Place, wording: Wording) -> dict[str, object]:
        period = self.locality.review.contacts if self.locality.review else freshness.NO_REVIEW
        stale = freshness.hidden(place, period, self.today)
        note = wording.pick(place.note) if place.note else None
        return {
            "name": wording.pick(place.name),
            "kind": place.kind,
            "address": ", ".join(filter(None, [wording.pick(place.address or {}), place.postcode])) or None,
            "phone": None if stale else place.phone,
            "url": place.url,
            "hours": None if stale else wording.hours(place.hours),
            "opening": None if stale else place.hours,
            "step_free": place.step_free,
            "note": wording.say("please_confirm") if stale else note,
        }

    def _stamp(self, card: Card, records: list[Record], wording: Wording) -> None:
        period = self.locality.review.answers if self.locality.review else freshness.NO_REVIEW
        known = {**(self.shared_sources or {}), **self.locality.sources}
        names = dict.fromkeys(name for record in records for name in record.source if name in known)
        card.sources = [{"title": known[name].title, "url": known[name].url} for name in names]
        if record := freshness.oldest(records):
            card.checked = record.checked.isoformat() if record.checked else None
            card.checked_by = _team(record.by, wording)
            card.review = freshness.state(record.checked, period, self.today)
        if card.review == "overdue" and card.checked:
            card.note = wording.say("overdue", day=wording.day(date.fromisoformat(card.checked)))
        if card.language != self.language:
            mine = self.wording()
            card.language_note = mine.say(
                "language_note", wanted=mine.language_name(self.language), shown=mine.language_name(card.language)
            )

    def _facet_text(self, topic: Topic, facet: str, whole: Card, wording: Wording) -> str:
        body, additions = self._body(topic)
        filler = Filler.for_topic(self.locality, wording, topic, self.days)
        law = filler.law()
        written = [body.facets] if any(answer.replace for answer in additions) else []
        if law:
            written.append(law.facets)
        written.append(body.facets)
        for facets in written:
            if facet in facets:
                return filler.fill(wording.pick(facets[facet]))
        return self._made_facet(facet, law, whole, wording, filler)

    def _made_facet(self, facet: str, law: Law | None, whole: Card, wording: Wording, filler: Filler) -> str:
        """Answer a follow-up from law pack and contacts, where nobody has written a text for it."""
        if facet == "how":
            return whole.short
        if facet == "deadline" and law and law.deadline:
            text = wording.say("made_deadline", deadline=wording.within(law.deadline))
            if law.extension:
                text += " " + wording.say("made_extension", span=wording.span(law.extension))
            return text
        if facet == "law" and whole.right:
            return wording.say("made_law", law=wording.list([str(right["text"]) for right in whole.right]))
        if facet == "contact" and whole.contacts:
            return wording.say("made_contact", contact=contact_line(whole.contacts[0], wording))
        if facet == "offline" and (line := offline_line(whole.contacts, wording)):
            return line
        if facet == "refused" and law:
            return filler.fill(wording.say("made_refused"))
        who = contact_line(whole.contacts[0], wording) if whole.contacts else filler.fill("{contact:front_desk}")
        return wording.say("made_unknown", contact=who)

    def _simple(self, topic: Topic, whole: Card, wording: Wording) -> Card:
        body, _ = self._body(topic)
        easy: dict[str, str] = body.easy or {}
        text = easy.get(whole.language)
        filler = Filler.for_topic(self.locality, wording, topic, self.days)
        short = shorten(filler.fill(text)) if text else whole.short
        return replace(whole, short=short, local=[], technologies=[])

    def _more(self, topic: Topic, whole: Card, wording: Wording) -> Card:
        details = []
        for facet in FACETS:
            if facet in ("how", "contact", "law"):
                continue
            text = self._facet_text(topic, facet, whole, wording)
            unknown = text == self._made_facet("none", None, whole, wording, Filler(self.locality, wording))
            if not unknown:
                details.append(f"{wording.say(f'facet_{facet}')}: {text}")
        return replace(whole, steps=[], local=[*details, *whole.local])

    def _sources_card(self, whole: Card, wording: Wording) -> Card:
        laws = wording.list([str(right["text"]) for right in whole.right])
        parts = [wording.say("made_law", law=laws)] if laws else []
        if whole.checked:
            day = wording.day(date.fromisoformat(whole.checked))
            parts.append(wording.say("checked_by", day=day, by=whole.checked_by or ""))
        short = shorten(" ".join(parts) or wording.say("sources_none"))
        return replace(whole, short=short, steps=[], local=[], but=[], places=[], technologies=[])


def shorten(text: str) -> str:
    """Keep whole sentences within the limit of a short answer; a single long sentence ends with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= SHORT_LIMIT:
        return text
    kept = text[:SHORT_LIMIT]
    end = max(kept.rfind(". "), kept.rfind("? "))
    return kept[: end + 1] if end > SHORT_LIMIT // 2 else kept[: SHORT_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def contact_line(contact: dict[str, object], wording: Wording) -> str:
    """Write a contact on one line: name, phone, e-mail, address."""
    name = str(contact["name"])
    parts = [
        str(contact[key]) for key in ("phone", "email", "form") if contact.get(key) and str(contact[key]) not in name
    ]
    if not parts:
        parts = [str(contact[key]) for key in ("address", "url") if contact.get(key)][:1]
    return name + (f" ({', '.join(parts)})" if parts else "")


def offline_line(contacts: list[dict[str, object]], wording: Wording) -> str:
    """Say how to reach the first contact without the internet; empty where no phone or address is known."""
    for contact in contacts:
        ways = []
        if contact.get("phone"):
            ways.append(wording.say("by_phone", phone=contact["phone"]))
        if contact.get("address"):
            ways.append(wording.say("by_post", address=contact["address"]))
        if ways:
            return wording.say("made_offline", name=contact["name"], ways=wording.list(ways))
    return ""


def _team(name: str | None, wording: Wording) -> str | None:
    """Name the team that checked an answer; the project's own team has a name in every language."""
    key = f"by_{(name or '').replace(' ', '_')}"
    return wording.say(key) if wording.has(key) else name


def _letter_name(topic: Topic, answers: list[Answer]) -> str:
    """Return the letter of the nearest answer that names one, else the topic's own; empty where there is none."""
    return next((answer.letter for answer in reversed(answers) if answer.letter), topic.letter) or ""


def _rights(laws: list[Law], wording: Wording) -> list[dict[str, object]]:
    """List each law with its article once."""
    found = [_right(law, wording) for law in laws]
    return list({right["text"]: right for right in found}.values())


def _right(law: Law, wording: Wording) -> dict[str, object]:
    name = wording.pick(law.name)
    article = wording.pick(law.article) if law.article else ""
    if ARTICLE_NUMBERS.fullmatch(article):
        several = re.search(r"[-–,]", article)
        numbers = wording.list(re.split(r",\s*", article.replace("-", "–")))
        article = wording.say("articles" if several else "article", n=numbers)
    return {
        "law": name,
        "article": article,
        "url": law.url or "",
        "text": wording.say("law_and_article", law=name, article=article) if article else name,
        "status": law.status,
    }


def _technology(item: Technology, wording: Wording) -> dict[str, object]:
    return {
        "name": wording.pick(item.name),
        "near": wording.pick(item.near) if item.near else None,
        "about": wording.pick(item.about) if item.about else None,
        "run_by": item.run_by,
        "kept": wording.span(item.kept) if item.kept else None,
        "personal_data": item.personal_data,
        "url": item.url,
    }
