"""Text as the ranker sees it: normalised, cut to a bearable length, and split into features."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 4000
WORD = re.compile(r"\w+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TAG = re.compile(r"<[^<>]{1,200}>")
NGRAMS = (2, 3, 4, 5)
HANGUL = "가"


def clean(text: str) -> str:
    """Remove what nobody can see: control characters, zero-width characters, direction marks.

    Args:
        text: as it arrived.

    Returns:
        The text in Unicode normal form KC without surrounding blanks.
    """
    text = INVISIBLE.sub("", CONTROL.sub(" ", unicodedata.normalize("NFKC", text)))
    return text.strip()


def shorten(text: str, longest: int = LONGEST) -> tuple[str, bool]:
    """Keep the beginning and the end of a very long text, where people say what they want.

    Args:
        text: cleaned text.
        longest: number of characters to keep.

    Returns:
        The text, and whether its middle was left out.
    """
    if len(text) <= longest:
        return text, False
    half = longest // 2
    return f"{text[:half]} … {text[-half:]}", True


def words(text: str) -> list[str]:
    """Split a text into lower-case words; HTML tags are not words."""
    return WORD.findall(TAG.sub(" ", text).lower())


def word_features(text: str) -> Iterator[str]:
    """Yield words and pairs of neighbouring words."""
    found = words(text)
    yield from found
    for first, second in pairwise(found):
        yield f"{first} {second}"


def letter_features(text: str) -> Iterator[str]:
    """Yield runs of two to five letters within words, word edges included; Korean syllables count letter by letter."""
    for word in words(text):
        edged = f" {unicodedata.normalize('NFD', word) if word[0] >= HANGUL else word} "
        for length in NGRAMS:
            if length >= len(edged):
                yield edged
                break
            for begin in range(len(edged) - length + 1):
                yield edged[begin : begin + length]
