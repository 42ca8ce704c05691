"""Which topics share words with a question: a rough look for people who write, without a trained model."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"\w{2,}")
MOST = 5


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

    A word tells the more, the fewer topics use it; words that half of the topics use tell nothing.

    Args:
        question: as a resident would write it.
        examples: pairs of topic and example question, in the language of the question.

    Returns:
        At most five topics, the nearest first.
    """
    asked = _words(question)
    uses: dict[str, Counter[str]] = {word: Counter() for word in asked}
    sharing: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    topics = set()
    for topic, example in examples:
        topics.add(topic)
        shared = asked & _words(example)
        if shared:
            sharing[topic].append((example, shared))
            for word in shared:
                uses[word][topic] += 1
    weight = {word: math.log(len(topics) / len(found)) for word, found in uses.items() if 0 < len(found) < len(topics) / 2}

    def share(topic: str, word: str) -> float:
        return weight.get(word, 0.0) * uses[word][topic] / max(uses[word].total(), 1)

    found = []
    for topic, near in sharing.items():
        telling = sorted((word for word in asked if share(topic, word) > 0), key=lambda word: -share(topic, word))
        example = max(near, key=lambda pair: (sum(weight.get(word, 0.0) for word in pair[1]), -len(pair[0])))[0]
        found.append((sum(share(topic, word) for word in telling), Match(topic, tuple(telling), example)))
    best = sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])
    return [one for _, one in best[:MOST]]


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))
