"""Which topics share words with a question: a rough look for people who write, without a trained model."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

WORD = re.compile(r"\w{2,}")
MOST = 5
TELLING = 1.4  # weight of a word that stands in one topic four times as often as chance would have it


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
    sizes: Counter[str] = Counter()
    sharing: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for topic, example in examples:
        sizes[topic] += 1
        if shared := asked & _words(example):
            sharing[topic].append((example, shared))
    shares = {word: share for word in asked if (share := _shares(word, sharing, sizes))}
    weight = {word: math.log(len(sizes) * max(share.values())) for word, share in shares.items()}
    found = []
    for topic, near in sharing.items():
        worth = {word: weight[word] * share[topic] for word, share in shares.items() if topic in share}
        telling = [word for word in worth if weight[word] >= TELLING and shares[word][topic] > 1 / len(sizes)]
        if telling:
            example, _ = max(near, key=lambda pair: (sum(weight[word] for word in pair[1]), -len(pair[0])))
            found.append(
                (sum(worth.values()), Match(topic, tuple(sorted(telling, key=lambda word: -worth[word])), example))
            )
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])[:MOST]]


def _shares(word: str, sharing: dict[str, list[tuple[str, set[str]]]], sizes: Counter[str]) -> dict[str, float]:
    """Tell how the uses of a word are spread over topics, as if each topic had equally many examples.

    A topic with few examples counts as if it had as many as most have, or one chance word would outweigh all others.
    """
    usual = median(sizes.values() or [0])
    uses = Counter(topic for topic, near in sharing.items() for _, shared in near if word in shared)
    rates = {topic: count / max(sizes[topic], usual) for topic, count in uses.items()}
    return {topic: rate / sum(rates.values()) for topic, rate in rates.items()}


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))
