"""The help desk's search: one small index, scored alike here (without JavaScript) and in `static/desk.js`."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Protocol

WORD = re.compile(r"\w+")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
LEAST = 3  # letters that an unknown word must share with a known one; a Korean syllable holds more
LEAST_HANGUL = 2
SHARE = 0.3  # least part of an unknown word that must be known
NEIGHBOURS = 5  # known words that stand in for an unknown one
IN_ANSWER = 5  # weight of a word of an answer that no example question has; learnt weights end at 15
IN_TITLE = 8  # weight of a word in the title of a topic that no example question has taught
TELLING = 3  # a word that more topics have tells nothing
FIRST = 5  # topics that are always listed
MOST = 12  # topics listed at most
WORTH = 0.3  # from the sixth on, a topic must have this part of what speaks for the best
TITLED = 1_000.0  # a title with all words that were typed comes before everything else
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # one sign per topic or weight
Weights = Mapping[str, Mapping[str, int]]


class Learnt(Protocol):
    """What example questions taught about words; the understanding of questions hands it over."""

    @property
    def start(self) -> Mapping[str, int]:
        """What each topic begins with, before any word."""

    @property
    def words(self) -> Weights:
        """Words and pairs of words, each with its weight per topic."""


@dataclass(frozen=True)
class Index:
    """What words say about topics, for one city and language.

    Attributes:
        titles: the words of each topic's title.
        start: what each topic begins with, before any word.
        weights: of words and pairs of words, per topic.
        words: the single words in order, to find the neighbours of an unknown one.
    """

    titles: Mapping[str, list[str]]
    start: Mapping[str, int]
    weights: Weights
    words: tuple[str, ...]

    def found(self, text: str) -> list[str]:
        """List the topics that the words of a text speak for, best first.

        Args:
            text: as typed.
        """
        gained = self._gained(text)
        order = {topic: number for number, topic in enumerate(self.start)}
        best = sorted(gained, key=lambda topic: (-(gained[topic] + self.start[topic]), order[topic]))
        worth = [topic for topic in best[FIRST:MOST] if gained[topic] >= WORTH * gained[best[0]]]
        return [*best[:FIRST], *worth]

    def as_json(self) -> str:
        """Write the index for the browser: words in order, and a string of signs for each."""
        number = {topic: SIGNS[place] for place, topic in enumerate(self.start)}
        entries = sorted(self.weights)
        signs = (
            "".join(number[topic] + SIGNS[weight] for topic, weight in self.weights[word].items()) for word in entries
        )
        content = {
            "titles": dict(self.titles),
            "start": dict(self.start),
            "words": "|".join(entries),
            "weights": "|".join(signs),
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    def _gained(self, text: str) -> dict[str, float]:
        words = split(text)
        gained: dict[str, float] = {}
        for word in dict.fromkeys(words):
            known = self._known(word)
            for entry, part in known:
                for topic, weight in self.weights[entry].items():
                    gained[topic] = gained.get(topic, 0.0) + weight * part / len(known)
        for first, second in pairwise(words):
            for topic, weight in self.weights.get(f"{first} {second}", {}).items():
                gained[topic] = gained.get(topic, 0.0) + weight
        gained = {topic: value / math.sqrt(len(words)) for topic, value in gained.items()}
        for topic, title in self.titles.items():
            if words and all(any(other.startswith(word) for other in title) for word in words):
                gained[topic] = gained.get(topic, 0.0) + TITLED
        return gained

    def _known(self, word: str) -> list[tuple[str, float]]:
        """Return a word, or what stands in for it: known words with the same beginning, with the part they share."""
        if word in self.weights:
            return [(word, 1.0)]
        place = bisect_left(self.words, word)
        shared = max(_common(word, other) for other in ("", *self.words[max(place - 1, 0) : place + 1]))
        least = LEAST_HANGUL if HANGUL.search(word) else LEAST
        if shared < least or shared < SHARE * len(word):
            return []
        beginning = word[:shared]
        following = islice(self.words, bisect_left(self.words, beginning), None)
        near = islice(takewhile(lambda other: other.startswith(beginning), following), NEIGHBOURS)
        return [(other, shared / max(len(word), len(other))) for other in near]


def make(topics: Mapping[str, tuple[str, str]], start: Mapping[str, int], learnt: Weights) -> Index:
    """Put together what was learnt from examples and the words of the topics here.

    Args:
        topics: the topics of the city, each with its title and the words of its answer.
        start: what each topic begins with; the same for all where nothing was learnt.
        learnt: weights of words, per topic.
    """
    weights = {word: {topic: value for topic, value in row.items() if topic in topics} for word, row in learnt.items()}
    titles = {topic: split(title) for topic, (title, _) in topics.items()}
    answers = {topic: [*titles[topic], *split(answer)] for topic, (_, answer) in topics.items()}
    for word, having in _topics_by_word(answers).items():
        if word not in weights and len(having) <= TELLING:
            weights[word] = dict.fromkeys(having, IN_ANSWER)
    for topic in topics.keys() - start.keys() if start else ():
        for word in titles[topic]:
            weights.setdefault(word, {})[topic] = IN_TITLE
    weights = {word: row for word, row in weights.items() if row and max(word) <= "\uffff"}
    words = tuple(sorted(word for word in weights if " " not in word))
    lowest = min(start.values(), default=0)
    return Index(titles, {topic: start.get(topic, lowest) for topic in topics}, weights, words)


def split(text: str) -> list[str]:
    """Split a text into lower-case words, as the browser does."""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


def _topics_by_word(texts: Mapping[str, list[str]]) -> dict[str, list[str]]:
    having: dict[str, list[str]] = {}
    for topic, words in texts.items():
        for word in dict.fromkeys(words):
            having.setdefault(word, []).append(topic)
    return having


def _common(first: str, second: str) -> int:
    """Count the letters that two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
