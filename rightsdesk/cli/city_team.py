"""Commands for the people who keep a city's file: new, review, diff, xlsx."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rightsdesk import settings
from rightsdesk.cli.common import WrongUse, findings, json_option, set_today, today_option

if TYPE_CHECKING:
    from rightsdesk.knowledge.review import Due


@click.command()
@click.argument("city", required=False)
@click.option("--name", prompt="Name of the city, as residents write it")
@click.option("--country", prompt="Country (two letters, for example PT)", callback=lambda *given: given[2].upper())
@click.option("--languages", prompt="Languages, the default first (for example pt, en)")
@click.option("--owner", prompt="Team that keeps the file true (never a person)")
@click.option("--website", prompt="Website of the city (https://…)")
@click.option("--phone", prompt="General phone number (Enter if not known)", default="", show_default=False)
@click.option("--email", prompt="E-mail for privacy matters (Enter if not known)", default="", show_default=False)
@today_option
def new(
    city: str | None,
    name: str,
    country: str,
    languages: str,
    owner: str,
    website: str,
    phone: str,
    email: str,
    today: str | None,
) -> None:
    """Begin a city file: asks a few questions and writes a commented file that `check` accepts."""
    from rightsdesk.knowledge.library import Shelf
    from rightsdesk.knowledge.new_city import Basics, CannotBegin, create, id_from_name

    set_today(today)
    data = settings.read().data
    spoken = tuple(languages.replace(",", " ").split())
    basics = Basics(city or id_from_name(name), name, country, spoken, owner, website, phone, email)
    try:
        path = create(data, Shelf(data).library(), basics, settings.today())
    except CannotBegin as reason:
        raise WrongUse(str(reason)) from None
    click.echo(f"Written: data/cities/{path.name}. Next: rightsdesk check {basics.id}; docs/city-guide.md leads on.")


@click.command()
@click.argument("city")
@click.option("--by", "team", help="Team that reads; the owner of the file if not given.")
@click.option("--all", "ahead", is_flag=True, help="Every fact, also the fresh ones.")
@click.option("--list", "only_list", is_flag=True, help="Only list what is due.")
@json_option
@today_option
def review(city: str, team: str | None, ahead: bool, only_list: bool, as_json: bool, today: str | None) -> None:
    """Walk through the facts of CITY that are due, one at a time, and stamp each that is still true."""
    from rightsdesk.knowledge.library import Shelf
    from rightsdesk.knowledge.problems import did_you_mean
    from rightsdesk.knowledge.review import due

    set_today(today)
    data = settings.read().data
    library = Shelf(data).library()
    if city not in library.cities:
        raise WrongUse(f"There is no city “{city}”.{did_you_mean(city, list(library.cities))}")
    found = list(due(library, data / "cities" / f"{city}.yml", settings.today(), ahead))
    if as_json:
        rows = [{"entry": fact.name, "line": fact.line, "reason": fact.reason} for fact in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif only_list:
        for fact in found:
            click.echo(f"line {fact.line}: {fact.name} ({fact.reason})")
        click.echo(f"{len(found)} facts to read again")
    else:
        _walk(found, team or library.cities[city].review.owner)


def _walk(found: list[Due], team: str) -> None:
    from rightsdesk.knowledge.review import confirm, withdraw

    for number, fact in enumerate(found, 1):
        click.echo(f"\n{number} of {len(found)}: {fact.name} (line {fact.line}, {fact.reason})")
        for field, value in fact.written.items():
            click.echo(f"    {field}: {value}")
        for source in fact.sources:
            click.echo(f"    read it here: {source.title} {source.url}")
        if not fact.sources:
            click.echo("    no source is named: add one before this can be verified")
        choices = (["y"] if fact.sources else []) + ["d", "s", "q"]
        question = "y = still true, d = make it a draft, s = skip, q = stop"
        answer = click.prompt(question, type=click.Choice(choices), show_choices=False)
        if answer == "y":
            confirm(fact, team, settings.today())
        elif answer == "d":
            withdraw(fact)
        elif answer == "q":
            return
    click.echo("Nothing more to read." if found else "Nothing is due.")


@click.command()
@click.argument("city")
@click.argument("revision")
@click.option("--language", "languages", multiple=True, help="Only these languages; the city's own if not given.")
@json_option
@today_option
def diff(city: str, revision: str, languages: tuple[str, ...], as_json: bool, today: str | None) -> None:
    """Show what residents of CITY would see differently than at REVISION of the Git repository."""
    from rightsdesk.answers.changes import changes
    from rightsdesk.knowledge.history import NoSuchRevision, data_at
    from rightsdesk.knowledge.library import Shelf

    set_today(today)
    data = settings.read().data
    now = Shelf(data).library()
    if city not in now.cities:
        raise WrongUse(f"There is no city “{city}”.")
    wanted = languages or tuple(now.cities[city].city.languages)
    try:
        with data_at(data, revision) as folder:
            found = list(changes(Shelf(folder).library(), now, city, wanted, settings.today()))
    except NoSuchRevision as reason:
        raise WrongUse(str(reason)) from None
    if as_json:
        click.echo(json.dumps([vars(change) for change in found], ensure_ascii=False, indent=1))
        return
    for change in found:
        click.echo(f"{change.topic} {change.language} › {change.part}")
        for sign, text in (("-", change.before), ("+", change.after)):
            for line in text.splitlines():
                click.echo(f"  {sign} {line}")
    click.echo(f"{len(found)} differences")


@click.group()
def xlsx() -> None:
    """Workbooks for translators."""


@xlsx.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--language", "languages", multiple=True, help="One sheet each; all languages if not given.")
@click.option("--file", "files", multiple=True, help="Only this file, such as topics/data_access.yml.")
def export(target: Path, languages: tuple[str, ...], files: tuple[str, ...]) -> None:
    """Write the texts to TARGET (.xlsx), one sheet for each language."""
    from rightsdesk.knowledge.translation_sheets import export as write
    from rightsdesk.languages import LANGUAGES

    for language in languages:
        if language not in LANGUAGES:
            raise WrongUse(f"“{language}” is not a language here. Use: {', '.join(LANGUAGES)}.")
    data = settings.read().data
    for file in files:
        if not (data / file).is_file():
            raise WrongUse(f"There is no file {file} in the data folder.")
    click.echo(f"{write(data, target, languages or LANGUAGES, list(files))} texts written to {target}.")


@xlsx.command("import")
@click.argument("source", type=click.Path(path_type=Path))
def take_over(source: Path) -> None:
    """Take over the translations of SOURCE; if a row does not fit, nothing is written."""
    from rightsdesk.knowledge.translation_sheets import RefusedSheet, import_

    try:
        changed = import_(settings.read().data, source)
    except RefusedSheet as refused:
        for reason in refused.reasons:
            click.echo(f"error: {reason}")
        click.echo("Nothing was written.")
        findings()
    click.echo(f"{changed} texts changed.")
