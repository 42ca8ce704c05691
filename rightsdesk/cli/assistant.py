"""Commands that talk with the assistant or measure it: ask, shell, train, serve, evaluate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from rightsdesk import settings
from rightsdesk.cli.common import WrongUse, set_today, today_option


@click.command()
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
    set_today(today)
    if (question is None) == (batch is None):
        raise WrongUse("Give a question, or --batch with a file of questions.")
    if batch is not None:
        if out is None:
            raise WrongUse("--batch needs --out: the file to write the replies to.")
        if not batch.is_file():
            raise WrongUse(f"There is no file {batch}.")
        _with_model("ask_file", batch, out)
        return
    reply = _with_model("ask_one", question or "", city, language)
    click.echo(json.dumps(reply, ensure_ascii=False, indent=1) if as_json else reply["text"])


@click.command()
@click.option("--city")
@click.option("--lang", "language")
@today_option
def shell(city: str | None, language: str | None, today: str | None) -> None:
    """Talk to the assistant in the terminal; an empty line or Ctrl-D ends it."""
    set_today(today)
    _with_model("talk", city, language)


@click.command()
@click.option("--force", is_flag=True, help="Train even when nothing changed.")
def train(force: bool) -> None:
    """Train the model if examples, rules or code changed, and tell which golden questions are understood worse."""
    from rightsdesk.rasa.guarded_training import train as train_and_compare
    from rightsdesk.rasa.training import TrainingFailed
    from rightsdesk.understanding.guard import summary

    try:
        change = train_and_compare(settings.read(), force)
    except TrainingFailed as failed:
        raise click.ClickException(str(failed)) from None
    click.echo("The model is up to date." if change is None else "The model is trained.")
    if change and (change.added or change.removed):
        click.echo("\n".join(summary(change)))


@click.command()
@click.option("--port", type=int, help="Default 5005.")
@today_option
def serve(port: int | None, today: str | None) -> None:
    """Serve the pages; train first if needed."""
    from rightsdesk.rasa.launcher import CannotServe
    from rightsdesk.rasa.launcher import serve as serve_pages

    set_today(today)
    try:
        serve_pages(settings.read(), port)
    except CannotServe as reason:
        raise click.ClickException(str(reason)) from None


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--language", "languages", multiple=True, help="Only these languages.")
@click.option("--misses", is_flag=True, help="List the questions that went wrong.")
@click.option("--thresholds", is_flag=True, help="Choose thresholds on one half and print them for config.yml.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at.")
@today_option
def evaluate(
    as_json: bool, languages: tuple[str, ...], misses: bool, thresholds: bool, html: Path | None, today: str | None
) -> None:
    """Measure understanding on the golden questions."""
    if html and as_json:
        raise WrongUse("Choose --html or --json.")
    set_today(today)
    from rightsdesk.rasa import evaluation
    from rightsdesk.rasa.training import MODEL, TrainingFailed, train_if_needed
    from rightsdesk.understanding.evaluation import report
    from rightsdesk.understanding.report.page import page

    read = settings.read()
    try:
        train_if_needed(read)
        ranker, questions = evaluation.source(read.root, read.models / f"{MODEL}.tar.gz", languages)
    except TrainingFailed as failed:
        raise click.ClickException(str(failed)) from None
    except evaluation.NoQuestions as reason:
        raise WrongUse(str(reason)) from None
    if html:
        _write_page(html, page(ranker, questions, settings.today(), tune=thresholds))
        return
    found = report(ranker, questions, tune=thresholds)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        evaluation.show(found, misses=misses)


def _write_page(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"{path} cannot be written ({error.strerror}).") from None
    click.echo(f"Written: {path}")


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
