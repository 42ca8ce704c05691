"""The `rightsdesk` command: every subcommand imports what it needs, so that `check` starts without Rasa."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from rightsdesk import settings

FINDINGS, WRONG_USE = 1, 2
today_option = click.option("--today", metavar="DAY", help="The day to look from, as 2026-12-10.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rightsdesk")
def main() -> None:
    """Residents' digital rights in city services: serve, ask, check and measure."""
    try:
        settings.read()
        settings.today()
    except settings.BadSetting as bad:
        raise _WrongUse(str(bad)) from None


@main.command()
@click.argument("cities", nargs=-1)
@click.option("--publish", is_flag=True, help="Also fail on placeholders and on what residents must not miss.")
@click.option("--json", "as_json", is_flag=True, help="Print findings as JSON.")
@today_option
def check(cities: tuple[str, ...], publish: bool, as_json: bool, today: str | None) -> None:
    """Check the knowledge files: what is wrong, in which line, and how to repair it."""
    from rightsdesk.knowledge.check import check_data

    _set_today(today)
    try:
        problems = check_data(settings.read().data, cities, publish=publish, today=settings.today())
    except ValueError as unknown:
        raise _WrongUse(str(unknown)) from None
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
    sys.exit(FINDINGS if errors else 0)


@main.command()
@click.argument("city")
@click.argument("topic")
@click.argument("language")
@click.option("--json", "as_json", is_flag=True)
@today_option
def explain(city: str, topic: str, language: str, as_json: bool, today: str | None) -> None:
    """Show where each part of an answer comes from: CITY TOPIC LANGUAGE, for example leipzig data_access de."""
    from rightsdesk.answers.explain import explain as explain_answer
    from rightsdesk.knowledge.library import open_shelf

    _set_today(today)
    library = open_shelf(settings.read().data).library()
    try:
        blocks = explain_answer(library, city, topic, language)
    except ValueError as unknown:
        raise _WrongUse(str(unknown)) from None
    if as_json:
        click.echo(json.dumps([vars(block) for block in blocks], ensure_ascii=False, indent=1))
        return
    for block in blocks:
        click.echo(f"{block.part:<10} {block.place}\n           {block.text}")


@main.command()
def schema() -> None:
    """Write the JSON Schemas of the knowledge files, for editors, to schema/."""
    from rightsdesk.knowledge.schema import write

    for path in write(settings.read().root / "schema"):
        click.echo(path.name)


@main.command()
@click.argument("question", required=False)
@click.option("--city", help="City id, for example leipzig.")
@click.option("--lang", "language", help="Language of the page, for example de.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole Reply.")
@click.option("--batch", type=click.Path(path_type=Path), help="File with one JSON object a line.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the replies of --batch.")
@today_option
def ask(
    question: str | None,
    city: str | None,
    language: str | None,
    as_json: bool,
    batch: Path | None,
    out: Path | None,
    today: str | None,
) -> None:
    """Ask one QUESTION, or a file of questions with --batch IN --out OUT."""
    _set_today(today)
    if (question is None) == (batch is None):
        raise _WrongUse("Give a question, or --batch with a file of questions.")
    if batch is not None:
        if out is None:
            raise _WrongUse("--batch needs --out: the file to write the replies to.")
        if not batch.is_file():
            raise _WrongUse(f"There is no file {batch}.")
        _with_model("ask_file", batch, out)
        return
    reply = _with_model("ask_one", question or "", city, language)
    click.echo(json.dumps(reply, ensure_ascii=False, indent=1) if as_json else reply["text"])


@main.command()
@click.option("--city")
@click.option("--lang", "language")
@today_option
def shell(city: str | None, language: str | None, today: str | None) -> None:
    """Talk to the assistant in the terminal; an empty line or Ctrl-D ends it."""
    _set_today(today)
    _with_model("talk", city, language)


@main.command()
@click.option("--force", is_flag=True, help="Train even when nothing changed.")
def train(force: bool) -> None:
    """Train the model if examples, rules or code changed."""
    from rightsdesk.rasa.training import TrainingFailed, train_if_needed

    try:
        trained = train_if_needed(settings.read(), force=force)
    except TrainingFailed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo("The model is trained." if trained else "The model is up to date.")


@main.command()
@click.option("--port", type=int, help="Default 5005.")
@today_option
def serve(port: int | None, today: str | None) -> None:
    """Serve the pages; train first if needed."""
    from rightsdesk.rasa.launcher import CannotServe
    from rightsdesk.rasa.launcher import serve as serve_pages

    _set_today(today)
    try:
        serve_pages(settings.read(), port)
    except CannotServe as reason:
        raise click.ClickException(str(reason)) from None


@main.command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--language", "languages", multiple=True, help="Only these languages.")
@click.option("--misses", is_flag=True, help="List the questions that went wrong.")
@click.option("--thresholds", is_flag=True, help="Choose thresholds on one half and print them for config.yml.")
def evaluate(as_json: bool, languages: tuple[str, ...], misses: bool, thresholds: bool) -> None:
    """Measure understanding on the golden questions."""
    from rightsdesk.rasa import evaluation
    from rightsdesk.rasa.training import MODEL, TrainingFailed, train_if_needed

    read = settings.read()
    try:
        train_if_needed(read)
    except TrainingFailed as failed:
        raise click.ClickException(str(failed)) from None
    report = evaluation.measure(read.root, read.models / f"{MODEL}.tar.gz", languages, tune=thresholds)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
    else:
        evaluation.show(report, misses=misses)


def _with_model(work: str, *arguments: Any) -> Any:
    """Load the assistant (training it first if needed) and call a function of `rightsdesk.rasa.batch` with it."""
    from rightsdesk.rasa.slim import without_tensorflow
    from rightsdesk.rasa.training import TrainingFailed, train_if_needed

    without_tensorflow()
    read = settings.read()
    try:
        train_if_needed(read)
    except TrainingFailed as failed:
        raise click.ClickException(str(failed)) from None
    from rightsdesk.rasa import batch
    from rightsdesk.rasa.assistant import MODEL_NAME, NoModel, load

    try:
        assistant = load(read.models / MODEL_NAME)
    except NoModel as missing:
        raise click.ClickException(str(missing)) from None
    return getattr(batch, work)(assistant, *arguments)


def _set_today(day: str | None) -> None:
    import os

    if day:
        os.environ["RIGHTSDESK_TODAY"] = day
    try:
        settings.today()
    except settings.BadSetting as bad:
        raise _WrongUse(str(bad)) from None


class _WrongUse(click.ClickException):
    """The command was called with something that does not exist or does not fit."""

    exit_code = WRONG_USE
