"""The kinds of value in knowledge files: yes or no, a day, a period, a text per language.

Each reads the text that an editor wrote and complains in words that name the repair. Nothing here knows a file or line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rightsdesk.languages import LANGUAGES

Unit = Literal["hours", "days", "working days", "weeks", "months", "years"]
UNITS: dict[str, Unit] = {
    "hour": "hours",
    "day": "days",
    "calendar day": "days",
    "working day": "working days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}
PERIOD = re.compile(r"^(\d{1,4}) ((?:calendar |working )?[a-z]+?)s?$")
SIMPLE_PLACEHOLDERS = {"city", "deadline", "authority", "law", "emergency", "crisis", "days"}
ROLE_PLACEHOLDERS = {"contact", "phone"}
LAW_PLACEHOLDERS = {"deadline", "authority", "law"}
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Period:
    """A length of time as a law or an editor states it, for example `20 working days`."""

    count: int
    unit: Unit

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.clear()
        schema.update(type="string", pattern=PERIOD.pattern, examples=["1 month", "20 working days"])

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Period:
        """Read a period.

        Args:
            value: the text of the file, such as `1 month`.

        Raises:
            ValueError: the text is not a number and a unit.
        """
        if isinstance(value, cls):
            return value
        match = PERIOD.match(str(value).strip())
        if not match or match[2] not in UNITS:
            raise ValueError(
                f"“{value}” is not clear. Write for example: 1 month, 20 working days, 10 calendar days, 4 weeks"
            )
        return cls(int(match[1]), UNITS[match[2]])

    @property
    def approximate_days(self) -> int:
        """The period in days, for review dates (a month counts 30 days); legal deadlines are counted elsewhere."""
        per_unit = {"hours": 1 / 24, "days": 1, "working days": 1.4, "weeks": 7, "months": 30, "years": 365}
        return round(self.count * per_unit[self.unit])


class Day(date):
    """A day as year-month-day."""

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.clear()
        schema.update(type="string", pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-11-21"])

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> date:
        """Read a day.

        Args:
            value: the text of the file, such as `2026-11-21`.

        Raises:
            ValueError: the text is not a day of the calendar in that form.
        """
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValueError(f"“{value}” is not a day. Write year-month-day, for example 2026-11-21") from None


class YesNo(int):
    """Yes or no, in either spelling that YAML editors produce."""

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.clear()
        schema.update(enum=["yes", "no", "true", "false", True, False])

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> bool:
        """Read yes or no.

        Args:
            value: the text of the file.

        Raises:
            ValueError: it is neither.
        """
        known = {"yes": True, "true": True, "no": False, "false": False}
        if isinstance(value, bool):
            return value
        if str(value).lower() not in known:
            raise ValueError(f"“{value}” must be yes or no")
        return known[str(value).lower()]


class Text(dict[str, str]):
    """A text per language; a text without languages is the same in every language (names, articles)."""

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.clear()
        schema.update(anyOf=[{"type": ["string", "integer"]}, _by_language_schema({"type": "string"})])

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Text:
        """Read a text.

        Args:
            value: `{de: …, en: …}`, or one text for every language.

        Raises:
            ValueError: a language is unknown or a text is missing.
        """
        if isinstance(value, str):
            return cls({"*": value})
        return cls({language: _one_text(text, language) for language, text in _by_language(value)})


class Prose(dict[str, str]):
    """A text for residents; it must say its language."""

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.clear()
        schema.update(_by_language_schema({"type": "string"}))

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> Prose:
        """Read a text per language.

        Args:
            value: `{de: …, en: …}`.

        Raises:
            ValueError: it is not a map of languages to texts.
        """
        return cls({language: _one_text(text, language) for language, text in _by_language(value)})


class ProseList(dict[str, list[str]]):
    """A list of texts per language: steps, exceptions, examples."""

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.clear()
        schema.update(_by_language_schema({"type": "array", "items": {"type": "string"}}))

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.parse

    @classmethod
    def parse(cls, value: Any) -> ProseList:
        """Read lists of texts.

        Args:
            value: `{de: [first, second]}`.

        Raises:
            ValueError: it is not a map of languages to lists of texts.
        """
        result = cls()
        for language, items in _by_language(value):
            if not isinstance(items, list) or not items:
                raise ValueError(f"“{language}” needs a list: one “- text” on each line")
            result[language] = [_one_text(item, language) for item in items]
        return result


def placeholders(text: str) -> set[str]:
    """Return the placeholders of a text, such as `{deadline}` or `{contact:dpo}`, without braces."""
    return set(PLACEHOLDER.findall(text))


def known_placeholder(placeholder: str, roles: tuple[str, ...], laws: set[str]) -> bool:
    """Tell whether a placeholder can be filled.

    Args:
        placeholder: its text without braces.
        roles: the roles that contacts may have.
        laws: the names of law entries that exist in some law pack.
    """
    name, colon, detail = placeholder.partition(":")
    if not colon:
        return name in SIMPLE_PLACEHOLDERS
    return (name in ROLE_PLACEHOLDERS and detail in roles) or (name in LAW_PLACEHOLDERS and detail in laws)


def _by_language(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict) or not value:
        raise ValueError("this text needs its language, for example “en: …” on the next line")
    for language in value:
        if language not in LANGUAGES:
            raise ValueError(f"“{language}” is not a language code here. Use one of: {', '.join(LANGUAGES)}")
    return list(value.items())


def _by_language_schema(text: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(LANGUAGES, text), "additionalProperties": False}


def _one_text(value: Any, language: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"“{language}” has no text. Write one after the colon, or remove the line")
    return value
