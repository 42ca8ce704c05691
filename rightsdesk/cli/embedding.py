"""The command for webmasters: embed-code."""

from __future__ import annotations

import click

from rightsdesk import settings
from rightsdesk.cli.common import WrongUse


@click.command("embed-code")
@click.argument("city")
@click.option("--lang", "language", help="Language of the page it stands on; default: the city's first.")
@click.option("--address", help="Address of this server as residents reach it, such as https://rights.example.org.")
def embed_code(city: str, language: str | None, address: str | None) -> None:
    """Print HTML that puts the helper for CITY on a page of the city's website."""
    from rightsdesk.knowledge.library import Shelf
    from rightsdesk.knowledge.problems import did_you_mean
    from rightsdesk.web.embed import variants
    from rightsdesk.web.pages import PageLocale

    read = settings.read()
    library = Shelf(read.data).library()
    if city not in library.cities:
        raise WrongUse(f"There is no city “{city}”.{did_you_mean(city, list(library.cities))}")
    language = language or library.place(city).default_language
    if language not in library.ui:
        raise WrongUse(f"There is no language “{language}”. Use one of: {', '.join(sorted(library.ui))}.")
    chosen = (address or f"http://{read.host}:{read.port}").rstrip("/")
    for number, variant in enumerate(variants(PageLocale(library, city, language, settings.today()), chosen), 1):
        needs = f" A strict Content-Security-Policy needs: {variant.policy}" if variant.policy else ""
        click.echo(f"<!-- {number}. {variant.name}.{needs} -->\n{variant.code}\n")
    if not address:
        click.echo("Give --address with the public address of this server.", err=True)
    if not library.cities[city].embed_origins:
        repair = f"List the origins of the city's website under embed_origins in cities/{city}.yml."
        click.echo(f"Browsers refuse panel and frame on other sites so far. {repair}", err=True)
