"""Measures a ranker on the golden questions and writes the page about it: one file, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from rightsdesk.understanding.evaluation import Figures, Outcome, figures, halves, judge, outcome, report
from rightsdesk.understanding.examples import GoldenQuestion
from rightsdesk.understanding.ranker import OUT_OF_SCOPE, UNCLEAR, Ranker, Ranking
from rightsdesk.understanding.report.measures import (
    BARS,
    Bin,
    Share,
    calibration,
    calibration_error,
    confusions,
    went_wrong,
)

LISTED = 25
EXAMPLES = 3
FINE, COARSE = 10, 5  # bins of all languages together, and of one
FEW = 10  # questions, below which a dot is small
CALLED = {UNCLEAR: "asked back", OUT_OF_SCOPE: "not ours"}


@dataclass(frozen=True)
class Answered:
    """A golden question, what became of it, and how sure the ranker was.

    Attributes:
        confidence: of what was answered.
        first_confidence: of the first topic of the ranking.
    """

    outcome: Outcome
    confidence: float
    first_confidence: float


@dataclass(frozen=True)
class Group:
    """The figures of a language or style: one share for each of `BARS`, and the first topic right."""

    name: str
    figures: Figures
    shares: tuple[Share, ...]
    first: Share


@dataclass(frozen=True)
class Curve:
    """How confidence and truth go together in one language."""

    name: str
    bins: list[Bin]
    error: float


def page(ranker: Ranker, questions: list[GoldenQuestion], day: date, tune: bool = False) -> str:
    """Measure, and write the page.

    Args:
        ranker: the trained ranker with its thresholds.
        questions: golden questions; the page reports on one half (see `evaluation.halves`).
        day: the day of measuring.
        tune: choose thresholds on the other half instead of using the ranker's.
    """
    found = report(ranker, questions, tune=tune)
    answered = [
        _answered(question, ranking, outcome(question, ranking, found.thresholds[question.language]))
        for question, ranking in judge(ranker, halves(questions)[1])
    ]
    outcomes = [item.outcome for item in answered]
    surest = sorted((item for item in answered if went_wrong(item.outcome)), key=lambda item: -item.confidence)
    return _render(
        day=day,
        bars=BARS,
        total=_group("All", figures(outcomes)),
        languages=[_group(name, values) for name, values in found.languages.items()],
        styles=[_group(name.replace("_", " "), values) for name, values in found.styles.items()],
        thresholds=found.thresholds,
        confusions=list(islice(confusions(outcomes), LISTED)),
        examples=EXAMPLES,
        few=FEW,
        whole=_curve("All languages", answered, FINE),
        curves=[_curve(name, _of_language(answered, name), COARSE) for name in found.languages],
        wrong=[item for item in surest if item.outcome.wrong and item.outcome.in_scope][:LISTED],
        accepted=[item for item in surest if not item.outcome.in_scope],
    )


def _answered(question: GoldenQuestion, ranking: Ranking, decided: Outcome) -> Answered:
    confidences = dict(ranking.order)
    return Answered(decided, confidences.get(decided.intent, 0.0), confidences.get(decided.first, 0.0))


def _of_language(answered: Iterable[Answered], language: str) -> list[Answered]:
    return [item for item in answered if item.outcome.question.language == language]


def _group(name: str, found: Figures) -> Group:
    shares = (
        *(_share(value, found.questions) for value in (found.helped, found.right, found.wrong)),
        _share(found.false_accepts, found.out_of_scope),
    )
    return Group(name, found, shares, _share(found.top, found.questions))


def _share(value: float, of: int) -> Share:
    return Share(round(value * of), of)


def _curve(name: str, answered: list[Answered], bins: int) -> Curve:
    pairs = [(item.first_confidence, item.outcome.first == item.outcome.question.topic) for item in answered]
    found = calibration(pairs, bins)
    return Curve(name, found, calibration_error(found))


def _render(**content: Any) -> str:
    return _environment().get_template("report.html").render(**content)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rightsdesk.understanding.report", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["percent"] = lambda share: f"{100 * share:.1f}"
    environment.filters["whole"] = lambda share: f"{100 * share:.0f}"
    environment.filters["called"] = lambda intent: CALLED.get(intent, intent.replace("_", " "))
    return environment
