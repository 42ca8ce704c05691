"""Measures understanding on golden questions: how often right, offered, wrong, and how often it oversteps its field."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from rightsdesk.understanding.examples import GoldenQuestion
from rightsdesk.understanding.ranker import OUT_OF_SCOPE, UNCLEAR, Ranker, Ranking, Thresholds, decide

OFFERED = 3
MOST_WRONG = 0.05  # bars of DESIGN.md
MOST_FALSE_ACCEPTS = 0.05
ANSWERS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)  # not lower: questions we never saw are harder
MARGINS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
REFUSALS = (0.02, 0.05, 0.1, 0.15)
WORTH_OF_REFUSING = 0.3  # a question out of scope that is refused, against one in scope that is answered right


@dataclass(frozen=True)
class Outcome:
    """A golden question and what became of it.

    Attributes:
        intent: what was decided: a topic, `nlu_fallback` (asked back) or `out_of_scope`.
        offered: the topics offered when it asked back.
    """

    question: GoldenQuestion
    intent: str
    first: str
    offered: tuple[str, ...]
    language: str | None

    @property
    def in_scope(self) -> bool:
        """Whether the question is one of ours."""
        return self.question.topic != OUT_OF_SCOPE

    @property
    def right(self) -> bool:
        """Answered at once with the expected topic."""
        return self.intent == self.question.topic

    @property
    def helped(self) -> bool:
        """Right at once, or the expected topic was among those offered."""
        return self.right or (self.intent == UNCLEAR and self.question.topic in self.offered)

    @property
    def wrong(self) -> bool:
        """Answered with another topic than expected."""
        return self.intent not in (self.question.topic, UNCLEAR, OUT_OF_SCOPE)


@dataclass
class Figures:
    """The figures of one group of questions; shares from 0 to 1.

    Attributes:
        top: the first topic of the ranking is the expected one, whatever was decided.
        right, helped, wrong: see `Outcome`, of the questions in scope.
        refused: questions in scope that were refused.
        false_accepts, refusals: questions out of scope that were answered with a topic, or refused.
        macro_f1: mean over topics of the harmonic mean of precision and recall of what was answered.
        language: the language was recognised (texts of three words or more).
    """

    questions: int = 0
    out_of_scope: int = 0
    top: float = 0.0
    right: float = 0.0
    helped: float = 0.0
    wrong: float = 0.0
    refused: float = 0.0
    false_accepts: float = 0.0
    refusals: float = 0.0
    macro_f1: float = 0.0
    language: float = 0.0


@dataclass
class Report:
    """What `rightsdesk evaluate` prints."""

    languages: dict[str, Figures] = field(default_factory=dict)
    styles: dict[str, Figures] = field(default_factory=dict)
    confusion: list[tuple[str, str, str, int]] = field(default_factory=list)
    misses: list[Outcome] = field(default_factory=list)
    thresholds: dict[str, Thresholds] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "languages": {name: vars(figures) for name, figures in self.languages.items()},
            "styles": {name: vars(figures) for name, figures in self.styles.items()},
            "confusion": [
                {"language": language, "expected": expected, "got": got, "times": times}
                for language, expected, got, times in self.confusion
            ],
            "thresholds": {language: vars(values) for language, values in self.thresholds.items()},
        }


def judge(ranker: Ranker, questions: Iterable[GoldenQuestion]) -> list[tuple[GoldenQuestion, Ranking]]:
    """Rank every question, with the page in the question's language."""
    return [(question, ranker.rank(question.text, question.language, follow_ups=False)) for question in questions]


def outcome(question: GoldenQuestion, ranking: Ranking, thresholds: Thresholds) -> Outcome:
    """Decide one ranked question with given thresholds."""
    order = ranking.order
    intent = decide(order, thresholds) if order else ranking.intent
    offered = tuple(name for name, _ in order if name != OUT_OF_SCOPE)[:OFFERED]
    first = order[0][0] if order else ranking.intent
    return Outcome(question, intent, first, offered, ranking.language)


def figures(outcomes: list[Outcome]) -> Figures:
    """Count a group of outcomes."""
    ours = [item for item in outcomes if item.in_scope]
    others = [item for item in outcomes if not item.in_scope]
    long = [item for item in outcomes if len(item.question.text.split()) >= 3]
    return Figures(
        questions=len(ours),
        out_of_scope=len(others),
        top=_share(item.first == item.question.topic for item in ours),
        right=_share(item.right for item in ours),
        helped=_share(item.helped for item in ours),
        wrong=_share(item.wrong for item in ours),
        refused=_share(item.intent == OUT_OF_SCOPE for item in ours),
        false_accepts=_share(item.intent not in (OUT_OF_SCOPE, UNCLEAR) for item in others),
        refusals=_share(item.intent == OUT_OF_SCOPE for item in others),
        macro_f1=_macro_f1(ours),
        language=_share(item.language == item.question.language for item in long),
    )


def choose_thresholds(ranked: list[tuple[GoldenQuestion, Ranking]]) -> Thresholds:
    """Choose the thresholds that answer most questions right within the bars for wrong answers and false accepts.

    Args:
        ranked: questions of one language that are not used for the reported figures.
    """
    best, best_score = Thresholds(), float("-inf")
    for answer, margin, refuse in product(ANSWERS, MARGINS, REFUSALS):
        candidate = Thresholds(answer, margin, refuse)
        found = figures([outcome(question, ranking, candidate) for question, ranking in ranked])
        over = max(0.0, found.wrong - MOST_WRONG) + max(0.0, found.false_accepts - MOST_FALSE_ACCEPTS)
        score = found.right + found.helped + WORTH_OF_REFUSING * found.refusals - 4 * over
        if score > best_score:
            best, best_score = candidate, score
    return best


def halves(questions: list[GoldenQuestion]) -> tuple[list[GoldenQuestion], list[GoldenQuestion]]:
    """Split questions into the half for choosing thresholds and the half for the reported figures, topic by topic.

    Within a topic chance decides (a hash of the text), because files list the plain questions first.
    """
    seen: Counter[tuple[str, str]] = Counter()
    parts: tuple[list[GoldenQuestion], list[GoldenQuestion]] = ([], [])
    for question in sorted(questions, key=lambda one: hashlib.blake2b(one.text.encode()).digest()):
        key = (question.language, question.topic)
        parts[seen[key] % 2].append(question)
        seen[key] += 1
    return parts


def report(ranker: Ranker, questions: list[GoldenQuestion], tune: bool = False) -> Report:
    """Measure.

    Args:
        ranker: the trained ranker with its thresholds.
        questions: golden questions; the first of each pair of a topic is for thresholds, the second is reported.
        tune: choose thresholds on the first half instead of using the ranker's.
    """
    for_thresholds, for_figures = halves(questions)
    result = Report()
    for language in sorted({question.language for question in questions}):
        chosen = ranker.thresholds.get(language, Thresholds())
        if tune:
            chosen = choose_thresholds(judge(ranker, (item for item in for_thresholds if item.language == language)))
        result.thresholds[language] = chosen
    outcomes = [
        outcome(question, ranking, result.thresholds[question.language])
        for question, ranking in judge(ranker, for_figures)
    ]
    for language in result.thresholds:
        result.languages[language] = figures([item for item in outcomes if item.question.language == language])
    for style in sorted({item.question.style for item in outcomes}):
        result.styles[style] = figures([item for item in outcomes if item.question.style == style])
    pairs = Counter(
        (item.question.language, item.question.topic, item.intent) for item in outcomes if item.wrong or not item.helped
    )
    result.confusion = [(*pair, times) for pair, times in pairs.most_common(25)]
    result.misses = [item for item in outcomes if not item.helped or (not item.in_scope and item.wrong)]
    return result


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else 0.0


def _macro_f1(outcomes: list[Outcome]) -> float:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for item in outcomes:
        counts[item.question.topic]["expected"] += 1
        counts[item.intent]["answered"] += 1
        counts[item.question.topic]["right"] += item.right
    scores = [
        2 * count["right"] / (count["expected"] + count["answered"]) for count in counts.values() if count["expected"]
    ]
    return sum(scores) / len(scores) if scores else 0.0
