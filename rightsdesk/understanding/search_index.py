"""A small index for the help desk's search, distilled from a trained classifier: it runs in the browser.

The classifier knows a hundred thousand features; a desk page can carry a few thousand. So each word of the examples
gets the effect that it has in the classifier by itself and by its letter runs, the strongest effects are kept, and they
are rounded to small whole numbers. Golden questions play no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rightsdesk.understanding.classifier import Classifier
from rightsdesk.understanding.text import letter_features

LETTERS = 0.3  # weight of letter runs beside words: a text has many more of them
KEPT = 15_000  # strongest effects: at most 60 KB compressed, at least 95 % of golden questions among the first five
STRONGEST = 15  # the largest whole number
CHUNK = 1_000  # words at a time, to bound memory


@dataclass(frozen=True)
class WordWeights:
    """What words say about topics.

    Attributes:
        start: what each topic begins with, before any word.
        words: words and pairs of words, each with its weight per topic.
    """

    start: dict[str, int]
    words: dict[str, dict[str, int]]


def distil(classifier: Classifier, topics: Iterable[str]) -> WordWeights:
    """Keep the strongest effects of words on topics.

    Args:
        classifier: of one language.
        topics: the topics to tell apart; other intents are left out.
    """
    names = [name for name in topics if name in classifier.intents]
    columns = [classifier.intents.index(name) for name in names]
    features, frequency, effects = _effects(classifier, columns)
    strength = np.maximum(effects, 0) * np.sqrt(frequency)[:, None]
    kept = strength > 0
    if strength.size > KEPT:
        kept &= strength >= np.partition(strength.ravel(), -KEPT)[-KEPT]
    scale = STRONGEST / np.percentile(effects[kept], 99)
    rounded = np.where(kept, np.clip(np.rint(effects * scale), 0, STRONGEST), 0).astype(int)
    words: dict[str, dict[str, int]] = {}
    for row, column in zip(*np.nonzero(rounded), strict=True):
        words.setdefault(features[row], {})[names[column]] = int(rounded[row, column])
    start = {name: round(float(classifier.bias[column] * scale)) for name, column in zip(names, columns, strict=True)}
    return WordWeights(start, words)


def _effects(classifier: Classifier, columns: list[int]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return words and pairs, how frequent each is, and what each adds to each topic's score."""
    word_block, letter_block = classifier.vectorizer.blocks
    once = word_block.idf.max() - 1e-3  # pairs that occur only once say nothing about other questions
    singles = [feature for feature in word_block.index if " " not in feature]
    pairs = [name for name, number in word_block.index.items() if " " in name and word_block.idf[number] < once]
    features = [feature for feature in [*singles, *pairs] if max(feature) <= "\uffff"]  # one order in every language
    rows = np.array([word_block.index[feature] for feature in features])
    idf = word_block.idf[rows]
    effects = classifier.weights[rows][:, columns].astype(np.float32) * idf[:, None]
    letters = classifier.weights[letter_block.offset :][:, columns].astype(np.float32) * letter_block.idf[:, None]
    for begin in range(0, len(singles), CHUNK):
        for row, feature in enumerate(features[begin : begin + CHUNK], begin):
            runs = [letter_block.index[run] for run in letter_features(feature) if run in letter_block.index]
            if runs and " " not in feature:
                effects[row] += LETTERS * letters[runs].sum(axis=0)
    return features, np.exp(1 - idf), effects
