"""Interface words in the resident's language, and placeholders filled with what holds in a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_time, get_date_format, get_day_names

from rightsdesk.knowledge.fields import LAW_PLACEHOLDERS, PLACEHOLDER, Period
from rightsdesk.knowledge.models import Contact, Law, Topic
from rightsdesk.knowledge.resolution import Locality
from rightsdesk.languages import choose, fallback_chain

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Wording:
    """The interface words for one resident.

    Attributes:
        ui: the words of every language.
        language: the language wanted.
        city_default: the first language of the city, tried before English.
    """

    ui: dict[str, dict[str, str]]
    language: str
    city_default: str = "en"

    def say(self, key: str, **values: object) -> str:
        """Return an interface text.

        Args:
            key: its name in `data/ui/<language>.yml`.
            values: what stands for `{name}` in it.

        Raises:
            KeyError: no language has that text.
        """
        for language in fallback_chain(self.language, self.city_default):
            if key in self.ui.get(language, {}):
                text = self.ui[language][key]
                return PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)
        raise KeyError(f"no language has the interface text “{key}”")

    def has(self, key: str) -> bool:
        """Tell whether some language of the chain has a text."""
        return any(key in self.ui.get(language, {}) for language in fallback_chain(self.language, self.city_default))

    def pick(self, texts: dict[str, str]) -> str:
        """Return a text of a knowledge file in the best language available."""
        if "*" in texts:
            return texts["*"]
        language = choose(texts, self.language, self.city_default)
        return texts[language] if language else ""

    @property
    def locale(self) -> str:
        """The locale for dates: day before month, as in the cities we serve."""
        return "en_GB" if self.language == "en" else self.language

    def language_name(self, language: str) -> str:
        """Return the name of a language in the resident's language."""
        return Locale(self.language).languages.get(language, language)

    def day(self, day: date) -> str:
        """Write a day in words, such as 10 December 2026."""
        return format_date(day, "long", locale=self.locale)

    def days(self, start: date, end: date) -> str:
        """Write a span of days in words, such as 10–11 December 2026 (CLDR's own spans shorten the month)."""
        last = self.day(end)
        if start == end:
            return last
        if (start.year, start.month) != (end.year, end.month):
            return f"{self.day(start)} – {last}"
        numbers = list(re.finditer(rf"(?<!\d){end.day}(?!\d)(\.?)", last))
        day = numbers[-1] if get_date_format("long", self.locale).pattern.startswith("y") else numbers[0]
        return f"{last[: day.start()]}{start.day}{day[1]}–{last[day.start() :]}"

    def weekday(self, day: date) -> str:
        """Name the day of the week, such as Tuesday."""
        return format_date(day, "EEEE", locale=self.locale)

    def time(self, moment: datetime) -> str:
        """Write a time of day, such as 17:00 (Finnish 17.00): on the 24-hour clock, as the opening hours beside it."""
        return format_time(moment, "HH.mm" if self.language == "fi" else "HH:mm", locale=self.locale)

    def within(self, period: Period) -> str:
        """Write a deadline as the end of a sentence, such as “within one month”."""
        unit = period.unit.replace(" ", "_")
        return self.say(f"within_{unit}_1" if period.count == 1 else f"within_{unit}", n=period.count)

    def span(self, period: Period) -> str:
        """Write a length of time, such as “two months”."""
        unit = period.unit.replace(" ", "_")
        return self.say(f"span_{unit}_1" if period.count == 1 else f"span_{unit}", n=period.count)

    def hours(self, hours: dict[str, str] | None) -> dict[str, str] | None:
        """Write opening hours with the language's own names of days (`tue-fri` becomes Di–Fr)."""
        if not hours:
            return None
        names = get_day_names("abbreviated", locale=self.locale)
        days = {code: names[number].rstrip(".") for number, code in enumerate(DAYS)}
        return {
            re.sub(r"[a-z]{3}", lambda match: days.get(match[0], match[0]), key): time for key, time in hours.items()
        }

    def list(self, items: list[str]) -> str:
        """Join items with the language's own “and”."""
        if len(items) < 2:
            return "".join(items)
        return self.say("list_two", first=", ".join(items[:-1]), last=items[-1])


@dataclass(frozen=True)
class Filler:
    """Fills the placeholders of one topic's texts in one place."""

    locality: Locality
    wording: Wording
    legal: tuple[str, ...] = ()
    days: tuple[date, date] | None = None

    @classmethod
    def for_topic(
        cls, locality: Locality, wording: Wording, topic: Topic | None, days: tuple[date, date] | None = None
    ) -> Filler:
        """Make a filler that knows the topic's laws."""
        return cls(locality, wording, tuple(topic.legal) if topic else (), days)

    def fill(self, text: str) -> str:
        """Replace every placeholder of a text."""
        return PLACEHOLDER.sub(lambda match: self._value(match[1]), text)

    def law(self, name: str | None = None) -> Law | None:
        """Return a law entry that holds here: the one named, or the first of the topic that exists here."""
        if name:
            return self.locality.laws.get(name)
        return next((self.locality.laws[key] for key in self.legal if key in self.locality.laws), None)

    def _value(self, placeholder: str) -> str:
        name, _, detail = placeholder.partition(":")
        if name in LAW_PLACEHOLDERS:
            return self._law_value(name, self.law(detail or None))
        if name == "contact":
            return self._contact(detail)
        if name == "phone":
            contact, _ = self.locality.contact_for(detail)
            return contact.phone if contact and contact.phone else self.wording.say("number_unknown")
        if name == "city":
            return self.city
        if name == "emergency":
            return self.emergency_numbers
        if name == "crisis":
            return self._crisis()
        if name == "days" and self.days:
            return self.wording.days(*self.days)
        return "{" + placeholder + "}"

    @property
    def city(self) -> str:
        """The city's name, or “your city”."""
        return self.wording.pick(self.locality.head.name) if self.locality.head else self.wording.say("your_city")

    @property
    def emergency_numbers(self) -> str:
        """The two numbers to call in danger that the place names first; a neutral phrase where none is known."""
        numbers = list(dict.fromkeys(danger.phone for danger in self.locality.emergency.values()))
        if len(numbers) > 1:
            return self.wording.say("list_or", first=numbers[0], last=numbers[1])
        return numbers[0] if numbers else self.wording.say("emergency_unknown")

    def _law_value(self, name: str, law: Law | None) -> str:
        if name == "deadline":
            return self.wording.within(law.deadline) if law and law.deadline else self.wording.say("deadline_unknown")
        if name == "law":
            return self.wording.pick(law.name) if law else self.wording.say("law_unknown")
        contact = self.locality.contact_for(law.authority)[0] if law and law.authority else None
        if contact is None:
            contact = self.locality.contact_for("data_protection")[0]
        return self.wording.pick(contact.name) if contact else self.wording.say("authority_unknown")

    def _contact(self, role: str) -> str:
        contact, stands_in = self.locality.contact_for(role)
        if contact is None:
            return self.wording.say(f"role_{role}")
        name = self.wording.pick(contact.name)
        if not stands_in:
            return name
        return self.wording.say("contact_fallback", contact=name, role=self.wording.say(f"role_{role}"))

    def _crisis(self) -> str:
        contact: Contact | None = self.locality.contact_for("crisis")[0]
        if contact and contact.phone:
            name = self.wording.pick(contact.name)
            return name if contact.phone in name else f"{contact.phone} ({name})"
        return self.emergency_numbers
