"""`rightsdesk counts`: how often residents said that an answer helped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from rightsdesk import settings
from rightsdesk.cli.common import WrongUse, json_option

if TYPE_CHECKING:
    from rightsdesk.privacy.counts import Kept

LEAST = 5  # smaller numbers could single out a person
NO_FOLDER = (
    "Counts are only in the memory of the server, and gone when it stops. "
    "To keep them, set RIGHTSDESK_COUNTS to a folder (see .env.example) and start the server again."
)


@click.command()
@click.argument("city", required=False)
@json_option
def counts(city: str | None, as_json: bool) -> None:
    """Show how often answers helped, for each city (or CITY), topic and language; numbers below 5 as “under 5”."""
    from rightsdesk.privacy.counts import Unusable, read

    folder = settings.read().counts
    if folder is None:
        raise WrongUse(NO_FOLDER)
    try:
        kept = read(folder)
    except Unusable as reason:
        raise click.ClickException(str(reason)) from None
    rows = _rows(kept, city) if kept else []
    if as_json:
        days = {"since": f"{kept.since}", "until": f"{kept.until}"} if kept else {"since": None, "until": None}
        click.echo(json.dumps({**days, "null_means_under": LEAST, "rows": rows}, ensure_ascii=False, indent=1))
    elif kept and rows:
        _table(kept, rows)
    else:
        click.echo(f"Nothing was counted yet{f' for {city}' if city else ''}.")


def _rows(kept: Kept, city: str | None) -> list[dict[str, str | int | None]]:
    """Gather yes and no of each answer; None stands for a small number."""
    asked = sorted({(one.city, one.topic, one.lang) for one in kept.counted if city in (None, one.city)})
    rows: list[dict[str, str | int | None]] = []
    for name, topic, language in asked:
        found = {one.value: number for one, number in kept.counted.items() if one[:3] == (topic, name, language)}
        told = {value: found.get(value, 0) for value in ("yes", "no")}
        shown = {value: number if number >= LEAST else None for value, number in told.items()}
        rows.append({"city": name, "topic": topic, "language": language, **shown})
    return rows


def _table(kept: Kept, rows: list[dict[str, str | int | None]]) -> None:
    from rich.console import Console
    from rich.table import Column, Table

    numbers = [Column(value, justify="right", no_wrap=True) for value in ("yes", "no")]
    title = f"Did this help? {kept.since} to {kept.until}"
    table = Table(Column("city", no_wrap=True), "topic", "language", *numbers, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(f"under {LEAST}" if cell is None else str(cell) for cell in row.values()))
    Console().print(table)
