"""Commands that look at the knowledge files: check, explain, coverage, schema, translated, migrate."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rightsdesk import settings
from rightsdesk.cli.common import WrongUse, findings, json_option, set_today, today_option


@click.command()
@click.argument("cities", nargs=-1)
@click.option("--publish", is_flag=True, help="Also fail on placeholders and on what residents must not miss.")
@click.option("--links", is_flag=True, help="Ask each web address whether it still works (needs the internet).")
@json_option
@today_option
def check(cities: tuple[str, ...], publish: bool, links: bool, as_json: bool, today: str | None) -> None:
    """Check the knowledge files: what is wrong, in which line, and how to repair it."""
    from rightsdesk.cli.example_checks import check_examples
    from rightsdesk.knowledge.check import check_data

    set_today(today)
    data = settings.read().data
    try:
        problems = check_data(data, cities, publish=publish, today=settings.today())
    except ValueError as unknown:
        raise WrongUse(str(unknown)) from None
    if not cities:
        problems += check_examples(data)
    if links:
        from rightsdesk.knowledge.links import addresses, check_links

        problems += check_links(addresses(data, [data / "cities" / f"{city}.yml" for city in cities] or None))
    errors = [problem for problem in problems if problem.severity == "error"]
    if as_json:
        rows = [
            {"file": problem.file.name, "line": problem.line, "text": problem.text, "severity": problem.severity}
            for problem in problems
        ]
        click.echo(json.dumps({"errors": len(errors), "problems": rows}, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(f"{problem.severity}: {problem}")
        click.echo(f"{len(errors)} errors, {len(problems) - len(errors)} warnings")
    if errors:
        findings()


@click.command()
@click.argument("city")
@click.argument("topic")
@click.argument("language")
@click.option("--json", "as_json", is_flag=True)
@today_option
def explain(city: str, topic: str, language: str, as_json: bool, today: str | None) -> None:
    """Show where each part of an answer comes from: CITY TOPIC LANGUAGE, for example leipzig data_access de."""
    from rightsdesk.answers.explain import explain as explain_answer
    from rightsdesk.knowledge.library import Shelf

    set_today(today)
    library = Shelf(settings.read().data).library()
    try:
        blocks = explain_answer(library, city, topic, language)
    except ValueError as unknown:
        raise WrongUse(str(unknown)) from None
    if as_json:
        click.echo(json.dumps([vars(block) for block in blocks], ensure_ascii=False, indent=1))
        return
    for block in blocks:
        click.echo(f"{block.part:<10} {block.place}\n           {block.text}")


@click.command()
def schema() -> None:
    """Write what is made from the models: the JSON Schemas for editors, and docs/format.md."""
    from rightsdesk.knowledge.reference import reference
    from rightsdesk.knowledge.schema import write

    root = settings.read().root
    (root / "docs" / "format.md").write_text(reference(), encoding="utf-8")
    for path in [*write(root / "schema"), root / "docs" / "format.md"]:
        click.echo(path.name)


@click.command()
@click.argument("cities", nargs=-1)
@click.option("--language", "languages", multiple=True, help="Only these languages.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.option("--html", type=click.Path(path_type=Path), help="Write a page.")
@click.option("--topics", "by_topic", is_flag=True, help="Show each topic, not only the totals.")
@json_option
@today_option
def coverage(
    cities: tuple[str, ...],
    languages: tuple[str, ...],
    as_csv: bool,
    html: Path | None,
    by_topic: bool,
    as_json: bool,
    today: str | None,
) -> None:
    """Show for each topic, language and city whether residents get a whole, fresh answer.

    Without CITIES: the shared answers in all languages, and each city in its own languages.
    """
    from rightsdesk.cli import coverage_tables
    from rightsdesk.knowledge import coverage as answers

    set_today(today)
    cells = coverage_tables.cells(settings.read().data, cities, languages, settings.today())
    if html:
        html.write_text(answers.as_html(cells), encoding="utf-8")
        click.echo(f"Written: {html}")
    elif as_csv:
        click.echo(answers.as_csv(cells), nl=False)
    elif as_json:
        click.echo(json.dumps([vars(cell) for cell in cells], ensure_ascii=False, indent=1))
    else:
        coverage_tables.show(cells, by_topic)
    if any(cell.state == "missing" for cell in cells):
        findings()


@click.command()
@click.argument("language")
@click.argument("files", nargs=-1)
def translated(language: str, files: tuple[str, ...]) -> None:
    """Note that LANGUAGE says what the originals say now, in FILES (such as topics/data_access.yml) or everywhere."""
    from rightsdesk.knowledge.translations import record
    from rightsdesk.languages import LANGUAGES

    data = settings.read().data
    if language not in LANGUAGES:
        raise WrongUse(f"“{language}” is not a language here. Use: {', '.join(LANGUAGES)}.")
    for file in files:
        if not (data / file).is_file():
            raise WrongUse(f"There is no file {file} in the data folder.")
    click.echo(f"{record(data, [language], list(files))} translations noted as current.")


@click.command()
def migrate() -> None:
    """Bring knowledge files of an older format up to date; comments stay."""
    from rightsdesk.knowledge.migration import migrate as bring_up_to_date

    changed, problems = bring_up_to_date(settings.read().data)
    for path in changed:
        click.echo(f"{path.name}: brought up to date")
    for problem in problems:
        click.echo(f"{problem.severity}: {problem}")
    if not changed and not problems:
        click.echo("Every file has the current format.")
    if problems:
        findings()
