"""Tells which golden questions a change of the examples made worse, and which new example is the likely cause."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rightsdesk.understanding.evaluation import Outcome, judge, outcome
from rightsdesk.understanding.examples import Example, GoldenQuestion
from rightsdesk.understanding.ranker import Ranker, Thresholds
from rightsdesk.understanding.text import clean
from rightsdesk.understanding.vectors import Row

ALIKE = 0.05  # similarity below which two texts have only everyday words in common


@dataclass(frozen=True)
class Flip:
    """A golden question that is understood worse than before.

    Attributes:
        before, after: what became of it with the old and the new ranker.
        cause: the new example of the topic that took over which resembles the question most; None where none does,
            as when examples were removed.
    """

    before: Outcome
    after: Outcome
    cause: Example | None


@dataclass(frozen=True)
class Change:
    """What a training changed.

    Attributes:
        added: examples that the old ranker had not learnt.
        removed: how many examples are gone.
        better: how many golden questions are understood better.
        flips: those that are understood worse.
    """

    added: list[Example] = field(default_factory=list)
    removed: int = 0
    better: int = 0
    flips: list[Flip] = field(default_factory=list)


def marks(examples: Iterable[Example]) -> list[str]:
    """Return a short mark of each example, to tell later which ones are new."""
    return sorted({_mark(example) for example in examples})


def compare(
    old: Ranker, new: Ranker, known: Iterable[str], examples: Sequence[Example], questions: Iterable[GoldenQuestion]
) -> Change:
    """Compare two rankers on the golden questions of the languages whose examples changed.

    Args:
        old: the ranker before.
        new: the ranker now.
        known: the marks of the examples that the old one learnt.
        examples: those that the new one learnt.
        questions: golden questions of all languages.
    """
    before, now = set(known), {_mark(example): example for example in examples}
    added = [example for mark, example in now.items() if mark not in before]
    removed = before - set(now)
    touched = {mark.partition(":")[0] for mark in [*removed, *map(_mark, added)]}
    asked = [question for question in questions if question.language in touched]
    pairs = list(zip(_outcomes(old, asked), _outcomes(new, asked), strict=True))
    nearest = _Nearest(new, added)
    flips = [Flip(was, became, nearest.to(became)) for was, became in pairs if _worth(became) < _worth(was)]
    return Change(added, len(removed), sum(_worth(became) > _worth(was) for was, became in pairs), flips)


def summary(change: Change) -> list[str]:
    """Say a change in lines for the terminal: counts, then each flipped question with its likely cause."""
    languages = ", ".join(f"{code} {count}" for code, count in Counter(one.language for one in change.added).items())
    lines = [
        f"{len(change.added)} new examples{f' ({languages})' if languages else ''}, {change.removed} removed. "
        f"Golden questions: {change.better} better, {len(change.flips)} worse."
    ]
    for flip in change.flips:
        question = flip.after.question
        lines.append(f"{question.language} “{question.text}”: {flip.before.intent} → {flip.after.intent}")
        lines.append(f"  should be {question.topic}; {_because(flip)}")
    return lines


def _because(flip: Flip) -> str:
    if flip.cause is None:
        return "no single new example explains it"
    return f"most like it is the new example “{flip.cause.text}” ({flip.cause.intent}, {flip.cause.file})"


def _mark(example: Example) -> str:
    digest = hashlib.blake2b(f"{example.intent}\t{example.text}".encode(), digest_size=8)
    return f"{example.language}:{digest.hexdigest()}"


def _outcomes(ranker: Ranker, questions: list[GoldenQuestion]) -> list[Outcome]:
    thresholds = ranker.thresholds
    return [
        outcome(question, ranking, thresholds.get(question.language, Thresholds()))
        for question, ranking in judge(ranker, questions)
    ]


def _worth(found: Outcome) -> int:
    """Right at once is best, then offered, then neither, then a wrong answer."""
    if found.right:
        return 3
    if found.helped:
        return 2
    return 0 if found.wrong else 1


class _Nearest:
    """Finds the new example that most likely drew a question to where it went: the nearest in the features learnt."""

    def __init__(self, ranker: Ranker, added: list[Example]) -> None:
        self._ranker = ranker
        self._added = added
        self._rows: dict[Example, Row] = {}

    def to(self, became: Outcome) -> Example | None:
        language = became.question.language
        drawn = became.first if became.first != became.question.topic else None
        near = [one for one in self._added if one.language == language and (drawn is None or one.intent == drawn)]
        asked = self._ranker.classifiers[language].vectorizer.row(clean(became.question.text))
        scored = [(_similarity(asked, self._row(one)), one.text, one) for one in near]
        best = max(scored, default=None, key=lambda item: item[:2])
        return best[2] if best and best[0] >= ALIKE else None

    def _row(self, example: Example) -> Row:
        if example not in self._rows:
            self._rows[example] = self._ranker.classifiers[example.language].vectorizer.row(example.text)
        return self._rows[example]


def _similarity(one: Row, other: Row) -> float:
    """Return how much two texts have in common, from 0 to 1."""
    weights = dict(zip(one[0].tolist(), one[1].tolist(), strict=True))
    shared = sum(weights.get(index, 0.0) * value for index, value in zip(*map(list, other), strict=True))
    return float(shared) / 2  # two blocks of length 1
