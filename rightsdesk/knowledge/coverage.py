"""`rightsdesk coverage`: for each topic, language and city, whether residents get a whole, fresh answer."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from statistics import median
from typing import Literal

from rightsdesk.knowledge import freshness
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.models import Answer, Topic
from rightsdesk.knowledge.resolution import Locality

State = Literal["complete", "fallback", "missing", "draft", "stale", "suspicious"]
STATES: tuple[State, ...] = ("complete", "fallback", "missing", "draft", "stale", "suspicious")
SIGNS: dict[State, str] = {
    "complete": "●",
    "fallback": "○",
    "missing": "✗",
    "draft": "–",
    "stale": "⏲",
    "suspicious": "?",
}
FAR_SHORTER = 0.6  # of what is usual for the language, compared with English
SHARED = "(shared)"


@dataclass(frozen=True)
class Cell:
    """One answer in one city and language.

    Attributes:
        why: what is not right with it; empty when complete.
    """

    city: str
    topic: str
    language: str
    state: State
    why: str = ""


def coverage(library: Library, languages: Iterable[str], cities: Iterable[str], today: date) -> list[Cell]:
    """Look at every answer.

    Args:
        library: the knowledge.
        languages: the languages to look at.
        cities: city ids; `SHARED` stands for the shared answers.
        today: the day from which reviews are due.

    Returns:
        A cell for each city, topic and language, in that order.
    """
    wanted = list(languages)
    doubts = _doubts(library.topics.values(), wanted)
    return [
        Cell(city, topic.id, language, *_look(library, city, topic, language, doubts, today))
        for city in cities
        for topic in library.topics.values()
        for language in wanted
    ]


def totals(cells: Iterable[Cell]) -> dict[tuple[str, str], Counter[State]]:
    """Count states for each city and language."""
    found: dict[tuple[str, str], Counter[State]] = {}
    for cell in cells:
        found.setdefault((cell.city, cell.language), Counter())[cell.state] += 1
    return found


def as_csv(cells: Iterable[Cell]) -> str:
    """Write cells as CSV, with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["city", "topic", "language", "state", "why"])
    writer.writerows([cell.city, cell.topic, cell.language, cell.state, cell.why] for cell in cells)
    return out.getvalue()


def as_html(cells: list[Cell]) -> str:
    """Write cells as one page: a table for each city, topics down, languages across."""
    tables = []
    for city in dict.fromkeys(cell.city for cell in cells):
        mine = [cell for cell in cells if cell.city == city]
        languages = list(dict.fromkeys(cell.language for cell in mine))
        head = "".join(f'<th scope="col">{language}</th>' for language in languages)
        rows = "".join(
            f'<tr><th scope="row">{topic}</th>{"".join(_html_cell(cell) for cell in mine if cell.topic == topic)}</tr>'
            for topic in dict.fromkeys(cell.topic for cell in mine)
        )
        tables.append(f"<table><caption>{escape(city)}</caption><tr><td></td>{head}</tr>{rows}</table>")
    return PAGE.format(tables="\n".join(tables))


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Coverage</title>
<style>
body {{ font: 1rem/1.4 system-ui; margin: 2rem; color: #1a1a1a; background: #fff }}
caption {{ font-size: 1.4rem; font-weight: bold; text-align: start; padding: 2rem 0 .5rem }}
th, td {{ padding: .15rem .6rem; border-bottom: 1px solid #ddd; text-align: start; font-weight: normal }}
.fallback {{ background: #fdf3d1 }} .missing {{ background: #f9d6d5 }} .draft {{ background: #eee }}
.stale {{ background: #e5ddf5 }} .suspicious {{ background: #fbdcc4 }}
</style>
<h1>Coverage</h1>
{tables}
</html>
"""


def _html_cell(cell: Cell) -> str:
    return f'<td class="{cell.state}" title="{escape(cell.why)}">{SIGNS[cell.state]} {cell.state}</td>'


def _look(
    library: Library, city: str, topic: Topic, language: str, doubts: dict[tuple[str, str], str], today: date
) -> tuple[State, str]:
    place = library.localities["" if city == SHARED else city]
    if topic.id not in place.topics:
        return "draft", "hidden here, or still a draft"
    answers = place.answers.get(topic.id, [])
    replaced = next((answer.replace for answer in reversed(answers) if answer.replace), None)
    body = replaced or topic
    if language not in body.short:
        return "missing", f"the whole answer is not in {language}"
    gaps = sorted(_gaps(topic, place, answers, language))
    if gaps:
        return "fallback", f"not in {language}: {', '.join(gaps)}"
    if not replaced and (topic.id, language) in doubts:
        return "suspicious", doubts[topic.id, language]
    period = place.review.answers if place.review else freshness.NO_REVIEW
    oldest = freshness.oldest([*answers, *([] if replaced else [topic])])
    age = freshness.state(oldest.checked, period, today) if oldest else None
    if age in ("due", "overdue"):
        return "stale", f"review {age}"
    return "complete", ""


def _gaps(topic: Topic, place: Locality, answers: list[Answer], language: str) -> Iterator[str]:
    """Name the parts of an answer that a reader of this language gets in another one."""
    body = next((answer.replace for answer in reversed(answers) if answer.replace), None) or topic
    for part in ("title", "steps", "but", "easy"):
        texts = topic.title if part == "title" else getattr(body, part)
        if texts and language not in texts:
            yield part
    for facet, texts in body.facets.items():
        if language not in texts:
            yield f"facet {facet}"
    for answer in answers:
        if answer.add and language not in answer.add:
            yield "what this place adds"
    for name in topic.legal:
        law = place.laws.get(name)
        if law and law.note and language not in law.note:
            yield f"note of the law {name}"


def _doubts(topics: Iterable[Topic], languages: list[str]) -> dict[tuple[str, str], str]:
    """Find texts that look copied or cut: topic and language, and why."""
    found: dict[tuple[str, str], str] = {}
    known = list(topics)
    for language in languages:
        owners: dict[str, str] = {}
        lengths = {}
        for topic in known:
            text = topic.short.get(language)
            if not text:
                continue
            if language != "en" and text == topic.short.get("en"):
                found[topic.id, language] = "the same text as in English"
            elif text in owners:
                found[topic.id, language] = f"the same text as {owners[text]}"
            owners.setdefault(text, topic.id)
            lengths[topic.id] = _length(topic, language) / max(_length(topic, "en"), 1)
        usual = median(lengths.values()) if lengths else 0
        for name, length in lengths.items():
            if length < FAR_SHORTER * usual:
                found.setdefault((name, language), f"only {length / usual:.0%} of the length usual in {language}")
    return found


def _length(topic: Topic, language: str) -> int:
    lists = [texts.get(language, []) for texts in (topic.steps, topic.but) if texts]
    return len(topic.short.get(language, "")) + sum(len(text) for texts in lists for text in texts)
