"""`rightsdesk evaluate`: gathers what is measured and with what, and prints the figures."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from rightsdesk import settings
from rightsdesk.understanding import storage
from rightsdesk.understanding.evaluation import Figures, Report
from rightsdesk.understanding.examples import GoldenQuestion, read_golden
from rightsdesk.understanding.ranker import Ranker, Thresholds

COMPONENT = "TopicRanker"


class NoQuestions(Exception):
    """There is nothing to measure with in a language; the text says where there is."""


def read_ranker(model: Path, config: Path) -> Ranker:
    """Take the ranker out of a trained model, with the thresholds of config.yml.

    Args:
        model: the archive that Rasa wrote.
        config: config.yml.
    """
    thresholds: dict[str, Thresholds] = {}
    for component in yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]:
        for language, values in (component.get("thresholds") or {}).items():
            thresholds[language] = Thresholds(**values)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as archive:
        for member in archive.getmembers():
            if member.isfile() and COMPONENT in member.name and member.name.endswith((".json", ".npz")):
                content = archive.extractfile(member)
                if content:
                    (Path(folder) / Path(member.name).name).write_bytes(content.read())
        return storage.load(Path(folder), thresholds, settings.read().embeddings)


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
