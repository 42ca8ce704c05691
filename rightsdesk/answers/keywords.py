"""Which topics share words with a question: a rough look for people who write, without a trained model."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORD = re.compile(r"\w{2,}")
MOST = 5
TELLING = 1.0  # the weight of a word that stands in one topic about three times as often as chance would have it


@dataclass(frozen=True)
class Match:
    """A topic that shares words with a question.

    Attributes:
        topic: its intent.
        words: the words shared, the most telling first.
        example: the example question that shares most.
    """

    topic: str
    words: tuple[str, ...]
    example: str


def match(question: str, examples: Iterable[tuple[str, str]]) -> list[Match]:
    """Find the topics whose example questions share telling words with a question.

    A word tells the more, the more its uses gather in one topic; words spread over all topics tell nothing.

    Args:
        question: as a resident would write it.
        examples: pairs of topic and example question, in the language of the question.

    Returns:
        At most five topics, the nearest first.
    """
    asked = _words(question)
    topics = set()
    sharing: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for topic, example in examples:
        topics.add(topic)
        if shared := asked & _words(example):
            sharing[topic].append((example, shared))
    uses = {word: Counter(_topics_of(word, sharing)) for word in asked}
    shares = {word: {topic: n / found.total() for topic, n in found.items()} for word, found in uses.items() if found}
    weight = {word: math.log(len(topics) * max(found.values())) for word, found in shares.items()}
    found = []
    for topic, near in sharing.items():
        worth = {word: weight[word] * share.get(topic, 0.0) for word, share in shares.items()}
        telling = sorted(
            (word for word in worth if worth[word] and weight[word] >= TELLING), key=lambda one: -worth[one]
        )
        if telling:
            example, _ = max(near, key=lambda pair: (sum(weight[word] for word in pair[1]), -len(pair[0])))
            found.append((sum(worth.values()), Match(topic, tuple(telling), example)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])[:MOST]]


def _topics_of(word: str, sharing: dict[str, list[tuple[str, set[str]]]]) -> Iterator[str]:
    """Yield a topic once for each of its examples that uses a word."""
    return (topic for topic, near in sharing.items() for _, shared in near if word in shared)


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))
