"""`rightsdesk evaluate`: gathers what is measured and with what, and prints the figures."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from rightsdesk.rasa.model_archive import read_ranker
from rightsdesk.understanding.evaluation import Figures, Report
from rightsdesk.understanding.examples import GoldenQuestion, read_golden
from rightsdesk.understanding.ranker import Ranker


class NoQuestions(Exception):
    """There is nothing to measure with in a language; the text says where there is."""


def source(root: Path, model: Path, languages: tuple[str, ...] = ()) -> tuple[Ranker, list[GoldenQuestion]]:
    """Gather what is measured and what it is measured with.

    Args:
        root: the project folder.
        model: the trained model.
        languages: only these; all when empty.

    Raises:
        NoQuestions: a language has no golden questions.
    """
    questions = read_golden(root / "tests" / "golden")
    known = sorted({question.language for question in questions})
    if missing := [language for language in languages if language not in known]:
        raise NoQuestions(f"There are no golden questions in “{missing[0]}”, only in {', '.join(known)}.")
    chosen = [question for question in questions if not languages or question.language in languages]
    return read_ranker(model, root / "config.yml"), chosen


def show(found: Report, misses: bool = False) -> None:
    """Print a report as tables.

    Args:
        found: what was measured.
        misses: list the questions that went wrong.
    """
    console = Console()
    if not console.is_terminal:
        console.width = 160
    console.print(_table("Language", found.languages))
    console.print(_table("Style", found.styles))
    table = Table("Language", "Expected", "Got", "Times", title="Most confused")
    for language, expected, got, times in found.confusion:
        table.add_row(language, expected, got, str(times))
    console.print(table)
    for language, values in found.thresholds.items():
        console.print(f"{language}: {{answer: {values.answer}, margin: {values.margin}, refuse: {values.refuse}}}")
    for item in found.misses if misses else []:
        question = item.question
        console.print(
            f"{question.language} {question.topic} → {item.intent} ({item.first}): {question.text}", markup=False
        )


def _table(name: str, groups: dict[str, Figures]) -> Table:
    columns = ("Questions", "First right", "Right at once", "Right or offered", "Wrong", "Refused", "Macro-F1")
    table = Table(name, *columns, "Out of scope", "False accepts", "Language right")
    for group, figures in groups.items():
        shares = (figures.top, figures.right, figures.helped, figures.wrong, figures.refused, figures.macro_f1)
        row = [group, str(figures.questions), *(f"{100 * share:.1f}" for share in shares), str(figures.out_of_scope)]
        table.add_row(*row, f"{100 * figures.false_accepts:.1f}", f"{100 * figures.language:.1f}")
    return table
