"""How hard a text is to read: sentence length, long words (LIX), and wording of officials.

LIX (Björnsson 1968) needs no syllables and no dictionary, so it works in every language written in letters; limits per
language are data (`data/style.yml`), because words are longer in some languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rightsdesk.knowledge.fields import PLACEHOLDER
from rightsdesk.knowledge.models import LanguageStyle

WORD = re.compile(r"[^\W_][\w'’-]*")
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
LONG_WORD = 7  # letters from which LIX counts a word as long
LIX_FROM_WORDS = 40  # on shorter texts the index says nothing


def sentences(text: str) -> list[str]:
    """Split a text into sentences that hold at least one word; a placeholder counts as one word.

    Args:
        text: a text for residents, placeholders unfilled.
    """
    plain = PLACEHOLDER.sub("Name", text)
    return [part for part in SENTENCE_END.split(plain) if WORD.search(part)]


def words(text: str) -> list[str]:
    """List the words of a text."""
    return WORD.findall(PLACEHOLDER.sub("Name", text))


def lix(texts: list[str]) -> float:
    """Return the reading index of texts that are read together: below 30 very easy, above 60 officialese.

    Args:
        texts: the parts of one answer.
    """
    every = [sentence for text in texts for sentence in sentences(text)]
    found = [word for sentence in every for word in words(sentence)]
    if not found:
        return 0.0
    long_words = sum(len(word) >= LONG_WORD for word in found)
    return len(found) / len(every) + 100 * long_words / len(found)


def hard_sentences(text: str, style: LanguageStyle) -> Iterator[str]:
    """Say what makes one text hard to read, with the repair.

    Args:
        text: a text for residents.
        style: the limits of its language.
    """
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > style.sentence:
            yield f"A sentence has {count} words ({style.sentence} at most): “{sentence[:50]}…”. Make two of it."
    lowered = text.lower()
    for officialese, plain in style.instead.items():
        if re.search(rf"(?<!\w){re.escape(officialese.lower())}(?!\w)", lowered):
            yield f"“{officialese}” is officialese. Write: {plain}."


def hard_answer(texts: list[str], style: LanguageStyle) -> str | None:
    """Say whether an answer as a whole is hard to read.

    Args:
        texts: its parts in one language.
        style: the limits of that language; without `lix` nothing is said.
    """
    if style.lix is None or sum(len(words(text)) for text in texts) < LIX_FROM_WORDS:
        return None
    index = lix(texts)
    if index <= style.lix:
        return None
    return f"This answer is hard to read (LIX {index:.0f}, {style.lix} at most). Use shorter words and sentences."
