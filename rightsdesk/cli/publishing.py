"""Commands that show a city's pages without the assistant: export, preview."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rightsdesk import settings
from rightsdesk.cli.common import WrongUse, set_today, today_option

if TYPE_CHECKING:
    from rightsdesk.answers.keywords import Match
    from rightsdesk.knowledge.library import Library
    from rightsdesk.web.preview import Matcher


@click.command()
@click.argument("city")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--html", "as_html", is_flag=True, required=True, help="Write HTML (the only format so far).")
@click.option("--language", "languages", multiple=True, help="Only these languages; the city's own if not given.")
@click.option("--all-languages", is_flag=True, help="All eleven languages.")
@click.option("--booklet", is_flag=True, help="One page to print with all topics, and a sheet of cards with codes.")
@click.option("--address", default="", help="Where residents find the service, for example https://rights.example.")
@today_option
def export(
    city: str,
    out: Path,
    as_html: bool,
    languages: tuple[str, ...],
    all_languages: bool,
    booklet: bool,
    address: str,
    today: str | None,
) -> None:
    """Write the pages of CITY as files into the new folder OUT: to read offline, to review, to print."""
    from rightsdesk.knowledge.library import Shelf
    from rightsdesk.web import folder
    from rightsdesk.web.booklet import booklet as make_booklet
    from rightsdesk.web.export import export as make_pages
    from rightsdesk.web.pages import Copy

    set_today(today)
    data = settings.read().data
    library = Shelf(data).library()
    _known_city(city, _city_files(data))
    if city not in library.localities or city not in library.cities:
        raise click.ClickException(
            f"{city}.yml has errors, so there is nothing to export. See: rightsdesk check {city}"
        )
    own = library.cities[city].city.languages
    chosen = _languages(languages, own, all_languages, one=booklet)
    copy = Copy(chosen, _public(address))
    try:
        folder.check_free(out)
        files = (make_booklet if booklet else make_pages)(library, city, copy, settings.today())
        folder.write(out, files)
    except folder.Refused as reason:
        raise WrongUse(str(reason)) from None
    first = "booklet.html" if booklet else "index.html"
    click.echo(f"{len(files)} files written. Open {out / first} in a browser.")
    if booklet and not address:
        click.echo("There are no cards with codes: --address must say where residents find the service.")


def _city_files(data: Path) -> list[str]:
    return [path.stem for path in sorted((data / "cities").glob("*.yml"))]


def _known_city(city: str, known: list[str]) -> None:
    from rightsdesk.knowledge.problems import did_you_mean

    if city not in known:
        raise WrongUse(f"There is no city “{city}”.{did_you_mean(city, known)}")


def _languages(wanted: tuple[str, ...], own: list[str], everything: bool, one: bool) -> tuple[str, ...]:
    from rightsdesk.languages import LANGUAGES

    for language in wanted:
        if language not in LANGUAGES:
            raise WrongUse(f"“{language}” is not a language here. Use: {', '.join(LANGUAGES)}.")
    if wanted and everything:
        raise WrongUse("Give --language or --all-languages, not both.")
    if one and (everything or len(wanted) > 1):
        raise WrongUse("A booklet has one language. Name it with --language.")
    chosen = wanted or (own[:1] if one else own)
    return tuple(dict.fromkeys([*chosen, *LANGUAGES] if everything else chosen))


def _public(address: str) -> str:
    """Check the address of the service; without the slash at its end."""
    if address and not re.fullmatch(r"https://[^\s/?#\"<>]+(/[^\s?#\"<>]*)?", address):
        raise WrongUse(f"“{address}” is not an address of the service. Write it like https://rights.example.")
    return address.rstrip("/")


@click.command()
@click.argument("city")
@click.option("--port", type=click.IntRange(1, 65535), default=5006, show_default=True)
@today_option
def preview(city: str, port: int, today: str | None) -> None:
    """Show the pages of CITY (its id or its file) while you write, with what the checks say. Changes no file."""
    from rightsdesk.cli.trained_model import TrainedModel
    from rightsdesk.web.port import refusal
    from rightsdesk.web.preview import Preview, serve

    set_today(today)
    read = settings.read()
    data = read.data
    name = Path(city).stem if city.endswith(".yml") else city
    _known_city(name, _city_files(data))
    if reason := refusal("127.0.0.1", port):
        raise click.ClickException(f"{reason} Choose another: --port {port + 1}")
    serve(Preview(data, name, _matcher(data), TrainedModel(read), settings.today), port)


def _matcher(data: Path) -> Matcher:
    """Make what matches questions with the example questions below a data folder and those of a city's file."""

    def match(library: Library, city: str, language: str, question: str) -> list[Match]:
        from rightsdesk.answers.keywords import match as match_words
        from rightsdesk.knowledge.resolution import own_topic_id, public
        from rightsdesk.understanding.examples import read_examples

        examples = [(one.intent, one.text) for one in read_examples(data) if one.language == language]
        if file := library.cities.get(city):
            extra = {own_topic_id(file, name): topic.examples for name, topic in public(file.extra_topics).items()}
            own = [*file.examples.items(), *extra.items()]
            examples += [(topic, text) for topic, texts in own for text in texts.get(language, [])]
        topics = library.place(city).topics
        return match_words(question, [pair for pair in examples if pair[0] in topics])

    return match
