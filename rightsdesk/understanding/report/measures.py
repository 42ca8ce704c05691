"""What the page computes beyond `evaluation`: how sure a share is, whether a bar holds, how honest confidences are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rightsdesk.understanding.evaluation import MOST_FALSE_ACCEPTS, MOST_WRONG, Outcome
from rightsdesk.understanding.ranker import OUT_OF_SCOPE, UNCLEAR

Z = 1.96  # 95 % of a normal distribution
LEAST_HELPED = 0.90  # bars of DESIGN.md
LEAST_RIGHT = 0.85


@dataclass(frozen=True)
class Share:
    """Some of all, with the range that the true share lies in (Wilson's interval, 95 %)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share, from 0 to 1; 0 of nothing is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self._end(-1)

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self._end(1)

    def _end(self, side: int) -> float:
        if not self.of:
            return 0.0 if side < 0 else 1.0
        square = Z * Z / self.of
        middle = self.value + square / 2
        spread = Z * math.sqrt(self.value * (1 - self.value) / self.of + square / (4 * self.of))
        return min(1.0, max(0.0, (middle + side * spread) / (1 + square)))


@dataclass(frozen=True)
class Bar:
    """A figure with the value it should reach.

    Attributes:
        title: as the page says it.
        limit: from 0 to 1.
        at_least: whether more is better.
        reach: where the drawn scale ends, so that small shares can be told apart.
    """

    title: str
    limit: float
    at_least: bool
    reach: float = 1.0

    def verdict(self, share: Share) -> str:
        """Say whether the bar holds, and whether chance alone could have decided it; empty without questions."""
        if not share.of:
            return ""
        good, ends = self._holds(share.value), {self._holds(share.low), self._holds(share.high)}
        word = "holds" if good else "missed"
        return word if ends == {good} else f"{word}, but close"

    def place(self, value: float) -> float:
        """Where a value lies on the drawn scale, from 0 to 1; beyond its end counts as the end."""
        return min(value / self.reach, 1.0)

    def _holds(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit


BARS = (
    Bar("Right or offered", LEAST_HELPED, True),
    Bar("Right at once", LEAST_RIGHT, True),
    Bar("Wrong answers", MOST_WRONG, False, 0.3),
    Bar("False accepts", MOST_FALSE_ACCEPTS, False, 0.3),
)


@dataclass(frozen=True)
class Bin:
    """Questions of similar confidence.

    Attributes:
        confidence: their mean confidence.
        right: how many of them were right.
    """

    confidence: float
    right: Share


def calibration(found: Iterable[tuple[float, bool]], bins: int) -> list[Bin]:
    """Sort questions into bins of equal width by confidence; empty bins are left out.

    Args:
        found: the confidence of each question's first topic, and whether that topic was right.
        bins: how many.
    """
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in found:
        sorted_in[min(int(confidence * bins), bins - 1)].append((confidence, right))
    return [
        Bin(sum(value for value, _ in mine) / len(mine), Share(sum(right for _, right in mine), len(mine)))
        for mine in sorted_in
        if mine
    ]


def calibration_error(bins: list[Bin]) -> float:
    """Mean distance between confidence and share right, weighted by questions; 0 is honest."""
    total = sum(item.right.of for item in bins)
    return sum(abs(item.confidence - item.right.value) * item.right.of for item in bins) / total if total else 0.0


def went_wrong(item: Outcome) -> bool:
    """Whether a resident was not helped, or a question that is not ours got an answer."""
    return not item.helped if item.in_scope else item.intent not in (OUT_OF_SCOPE, UNCLEAR)


@dataclass(frozen=True)
class Confusion:
    """Questions of one topic that all became the same other thing."""

    expected: str
    got: str
    items: tuple[Outcome, ...]


def confusions(outcomes: Iterable[Outcome]) -> Iterator[Confusion]:
    """Group what went wrong by what was expected and what came, the most frequent first."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for item in outcomes:
        if went_wrong(item):
            groups.setdefault((item.question.topic, item.intent), []).append(item)
    for (expected, got), items in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield Confusion(expected, got, tuple(items))
