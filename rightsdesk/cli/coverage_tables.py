"""The tables of `rightsdesk coverage`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from rightsdesk.cli.common import WrongUse
from rightsdesk.knowledge.coverage import SHARED, SIGNS, STATES, Cell, coverage, totals
from rightsdesk.knowledge.library import Shelf
from rightsdesk.knowledge.problems import did_you_mean
from rightsdesk.languages import LANGUAGES


def cells(data: Path, cities: tuple[str, ...], languages: tuple[str, ...], today: date) -> list[Cell]:
    """Look at the answers that were asked for.

    Args:
        data: the data folder.
        cities: city ids; the shared answers and every city when empty.
        languages: languages; without them all for shared answers and each city's own.
        today: the day to look from.

    Raises:
        WrongUse: a city or language is unknown.
    """
    library = Shelf(data).library()
    for city in cities:
        if city not in library.cities:
            raise WrongUse(f"There is no city “{city}”.{did_you_mean(city, list(library.cities))}")
    for language in languages:
        if language not in LANGUAGES:
            raise WrongUse(f"“{language}” is not a language here. Use: {', '.join(LANGUAGES)}.")
    found = []
    for city in cities or (SHARED, *library.cities):
        own = LANGUAGES if city == SHARED else library.cities[city].city.languages
        found += coverage(library, languages or own, [city], today)
    return found


def show(found: list[Cell], by_topic: bool) -> None:
    """Print totals for each city and language, or every topic; and why cells are not complete."""
    console = Console()
    if by_topic:
        for city in dict.fromkeys(cell.city for cell in found):
            console.print(_topics(city, [cell for cell in found if cell.city == city]))
    else:
        console.print(_totals(found))
    console.print("  ".join(f"{SIGNS[state]} {state}" for state in STATES))
    for cell in found:
        if cell.state == "suspicious" or (by_topic and cell.why):
            console.print(f"{cell.city} {cell.topic} {cell.language}: {cell.state}, {cell.why}")


def _totals(found: list[Cell]) -> Table:
    table = Table(Column("city", no_wrap=True), "language", *STATES)
    for (city, language), counts in totals(found).items():
        table.add_row(city, language, *(str(counts[state] or "") for state in STATES))
    return table


def _topics(city: str, mine: list[Cell]) -> Table:
    languages = list(dict.fromkeys(cell.language for cell in mine))
    table = Table("topic", *languages, title=city)
    for topic in dict.fromkeys(cell.topic for cell in mine):
        table.add_row(topic, *(SIGNS[cell.state] for cell in mine if cell.topic == topic))
    return table
