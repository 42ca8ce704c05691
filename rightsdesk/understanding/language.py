"""Which language a text is in: our own letter model where we have examples, py3langid for every other language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rightsdesk.understanding.text import words
from rightsdesk.understanding.vectors import Block, Vectorizer, learn

SCRIPTS = {  # a script that one language (in our cities) is written in decides at once
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "GREEK": "el", "HEBREW": "he",
    "ARMENIAN": "hy", "GEORGIAN": "ka", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "ETHIOPIC": "am",
}  # fmt: skip
SCRIPT_GROUPS = {  # the most spoken language first, with letters that no other of the group has
    "CYRILLIC": {"ru": "ыэё", "uk": "іїєґ", "sr": "јљњћђџ", "bg": ""},
    "ARABIC": {"ar": "ةى", "ur": "ٹڈڑںے", "fa": "پچژگ"},
}
SAME = {"nb": "no", "nn": "no"}  # names that one language has in py3langid
PRIOR_WORDS = 3.0  # the page's language counts like this many words of evidence
OUTSIDE = 0.9  # certainty of py3langid from which a text is in a language without examples
FAMILIAR = 0.6  # share of known words above which a text is never foreign


@dataclass(frozen=True)
class Identifier:
    """Tells the language of a text.

    Attributes:
        vectorizer, languages, weights, bias: our own model of letter runs.
    """

    vectorizer: Vectorizer
    languages: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray

    def identify(self, text: str, expected: str | None, coverage: dict[str, float]) -> str | None:
        """Tell the language of a text.

        Args:
            text: cleaned and masked.
            expected: the language of the page or of the conversation so far; decides short texts.
            coverage: for each language with examples, the share of the text's words that occur in them.

        Returns:
            A language code, also of languages without examples; None for a text without letters.
        """
        found = words(text)
        if not any(letter.isalpha() for letter in text):
            return None
        if script := _by_script(text):
            return script
        own = self._own(text)
        elsewhere, certainty = _langid(text)
        best_coverage = max(coverage.values(), default=0.0)
        foreign = elsewhere not in self.languages and certainty >= OUTSIDE and best_coverage < FAMILIAR
        if foreign and len(found) >= 3:
            return elsewhere
        scores = {
            language: share * (0.1 + coverage.get(language, 0.0))
            for language, share in zip(self.languages, own, strict=True)
        }
        if expected in scores:
            scores[expected] *= 1 + PRIOR_WORDS / max(len(found), 1)
        return max(scores, key=lambda language: scores[language])

    def _own(self, text: str) -> np.ndarray:
        indices, values = self.vectorizer.row(text)
        scores = values @ self.weights[indices] + self.bias
        raised = np.exp(scores - scores.max())
        return raised / raised.sum()


def train(texts: list[str], languages: list[str]) -> Identifier:
    """Learn to tell the languages of the examples apart.

    Args:
        texts: example questions of all languages.
        languages: the language of each.
    """
    from sklearn.svm import LinearSVC

    from rightsdesk.understanding.classifier import matrix

    full = learn(texts, least=(10**9, 3))
    letters = full.blocks[1]
    vectorizer = Vectorizer((Block(letters.features, letters.index, letters.idf, 0),))
    names = tuple(sorted(set(languages)))
    if len(names) == 1:
        return Identifier(vectorizer, names, np.zeros((vectorizer.size, 1), np.float32), np.zeros(1, np.float32))
    target = np.array(languages)
    rows = matrix([vectorizer.row(text) for text in texts], vectorizer.size)
    columns, biases = [], []
    for name in names:
        model = LinearSVC(C=1.0, random_state=7).fit(rows, target == name)
        columns.append(model.coef_[0])
        biases.append(model.intercept_[0])
    weights = np.ascontiguousarray(np.array(columns).T * 4, dtype=np.float32)
    return Identifier(vectorizer, names, weights, np.array(biases, dtype=np.float32) * 4)


def _by_script(text: str) -> str | None:
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = unicodedata.name(letter, "?").split(" ")[0].split("-")[0]
            counts[script] = counts.get(script, 0) + 1
    main = max(counts, key=lambda script: counts[script])
    if main in SCRIPT_GROUPS:
        return _within_script(text, SCRIPT_GROUPS[main])
    return SCRIPTS.get(main)


def _within_script(text: str, group: dict[str, str]) -> str:
    """Tell languages of one script apart by letters that only they use; the largest is the first of its group."""
    for language, own_letters in group.items():
        if any(letter in own_letters for letter in text.lower()):
            return language
    found, certainty = _langid(text)
    return found if certainty >= 0.99 and found in group and len(words(text)) >= 8 else next(iter(group))


def _langid(text: str) -> tuple[str, float]:
    name, certainty = _langid_model().classify(text)
    return SAME.get(str(name), str(name)), float(certainty)


@lru_cache(maxsize=1)
def _langid_model():  # type: ignore[no-untyped-def]  # py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
