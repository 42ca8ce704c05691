"""Finds example questions that are nearly the same, so that no question counts twice or under two topics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from rightsdesk.understanding.examples import Example

NEARLY_THE_SAME = 95  # rapidfuzz ratio, 100 is identical
BLOCK = 1000
WORD = re.compile(r"\w")


def near_duplicates(examples: Sequence[Example]) -> Iterator[tuple[Example, Example]]:
    """Yield pairs of examples of one language whose texts are nearly the same.

    Only texts of similar length are compared: a ratio of 95 allows lengths to differ by about a tenth.

    Args:
        examples: examples of all languages.
    """
    for language in dict.fromkeys(example.language for example in examples):
        written = (example for example in examples if example.language == language and WORD.search(example.text))
        mine = sorted(written, key=lambda example: len(example.text))
        texts = [example.text.lower().rstrip(" .!?") for example in mine]
        lengths = np.array([len(text) for text in texts])
        for start in range(0, len(mine), BLOCK):
            block = texts[start : start + BLOCK]
            end = int(np.searchsorted(np.maximum.accumulate(lengths), len(block[-1]) * 1.11 + 1, side="right"))
            rest = texts[start:end]
            scores = process.cdist(
                block, rest, scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME, workers=-1, dtype=np.uint8
            )
            for row, column in zip(*np.nonzero(np.triu(scores, 1)), strict=True):
                yield mine[start + row], mine[start + column]
