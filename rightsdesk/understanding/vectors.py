"""TF-IDF vectors of texts: words and letter runs, each block of length 1."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from rightsdesk.understanding.text import letter_features, word_features

Row = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Block:
    """One kind of feature with its vocabulary and the weight of each entry (inverse document frequency)."""

    features: Callable[[str], Iterable[str]]
    index: dict[str, int]
    idf: np.ndarray
    offset: int

    def row(self, text: str) -> Iterator[Row]:
        """Yield the indices and values of a text's non-zero features, scaled to length 1."""
        counts = Counter(feature for feature in self.features(text) if feature in self.index)
        if not counts:
            return
        indices = np.fromiter((self.index[feature] for feature in counts), dtype=np.int64, count=len(counts))
        values = np.fromiter((1 + math.log(count) for count in counts.values()), dtype=np.float32, count=len(counts))
        values *= self.idf[indices]
        values /= np.linalg.norm(values)
        yield indices + self.offset, values


@dataclass(frozen=True)
class Vectorizer:
    """Turns a text into a sparse row."""

    blocks: tuple[Block, ...]

    @property
    def size(self) -> int:
        """Number of features."""
        return sum(len(block.index) for block in self.blocks)

    def row(self, text: str) -> Row:
        """Return indices and values of a text's non-zero features."""
        parts = [part for block in self.blocks for part in block.row(text)]
        if not parts:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def coverage(self, text: str) -> float:
        """Return the share of a text's words that occur in the examples, from 0 to 1."""
        known = self.blocks[0].index
        found = [feature for feature in word_features(text) if " " not in feature]
        return sum(feature in known for feature in found) / len(found) if found else 0.0


FEATURES: tuple[Callable[[str], Iterable[str]], ...] = (word_features, letter_features)


def learn(texts: list[str], least: tuple[int, int] = (1, 2)) -> Vectorizer:
    """Collect the vocabulary of example questions.

    Args:
        texts: the examples.
        least: in how many texts a word, and a letter run, must occur to count.
    """
    blocks: list[Block] = []
    offset = 0
    for features, minimum in zip(FEATURES, least, strict=True):
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update(set(features(text)))
        kept = sorted(feature for feature, count in documents.items() if count >= minimum)
        idf = np.array([math.log((1 + len(texts)) / (1 + documents[name])) + 1 for name in kept], dtype=np.float32)
        blocks.append(Block(features, {name: number for number, name in enumerate(kept)}, idf, offset))
        offset += len(kept)
    return Vectorizer(tuple(blocks))
