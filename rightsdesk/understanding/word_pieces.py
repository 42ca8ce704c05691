"""WordPiece, the way BERT splits text: lower case without accents, longest known piece first."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 128  # pieces; a longer text is cut
LONGEST_WORD = 100  # letters; a longer word is unknown
TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """Splits texts into the pieces of a vocabulary."""

    def __init__(self, vocabulary: list[str]) -> None:
        """Take over a vocabulary.

        Args:
            vocabulary: one piece for each number; pieces inside words begin with ##.
        """
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._numbers["[UNK]"]
        self._edges = self._numbers["[CLS]"], self._numbers["[SEP]"]

    def ids(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, with the marks of beginning and end.

        Args:
            text: any text.
        """
        plain = "".join(
            letter for letter in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(letter) != "Mn"
        )
        found = [number for word in TOKEN.findall(plain) for number in self._word(word)]
        return [self._edges[0], *found[: LONGEST - 2], self._edges[1]]

    def _word(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        found = []
        start = 0
        while start < len(word):
            end = next((end for end in range(len(word), start, -1) if self._piece(word, start, end)), None)
            if end is None:
                return [self._unknown]
            found.append(self._numbers[self._piece(word, start, end)])
            start = end
        return found

    def _piece(self, word: str, start: int, end: int) -> str:
        """Return the piece as the vocabulary writes it; empty when it has none."""
        piece = ("##" if start else "") + word[start:end]
        return piece if piece in self._numbers else ""
