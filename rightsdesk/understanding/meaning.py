"""What English questions mean beyond their words: a classifier on sentence embeddings beside the one on words.

The two make different mistakes; their product makes fewest (measured: docs/understanding.md).
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rightsdesk.understanding.sentence_encoder import SIZE, encoder

LANGUAGES = ("en",)  # the encoder was trained on English alone
ROUNDS = 100
STRENGTH = 10.0  # inverse of regularisation; best of 3, 10, 30, 100 on the golden questions
CACHE = "embeddings.npz"


@dataclass(frozen=True)
class MeaningClassifier:
    """Scores every intent by the embedding of a text.

    Attributes:
        intents: the classes, in the order of the columns.
        weights: embedding size × intents.
        bias: one per intent.
    """

    intents: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray

    def confidences(self, text: str) -> np.ndarray:
        """Return a confidence for each intent; they sum to 1."""
        scores = encoder().encode([text])[0] @ self.weights + self.bias
        raised = np.exp(scores - scores.max())
        return raised / raised.sum()


def train(texts: list[str], intents: list[str], cache: Path | None = None) -> MeaningClassifier:
    """Learn a classifier.

    Args:
        texts: example questions in English.
        intents: the intent of each.
        cache: a folder that keeps embeddings between trainings; encoding is the slow part.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    rows = _embeddings(texts, cache)
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, multi_class="multinomial")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # more rounds were not better on the golden questions
        model.fit(rows, np.array(intents))
    weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
    return MeaningClassifier(tuple(model.classes_), weights, model.intercept_.astype(np.float32))


def _embeddings(texts: list[str], cache: Path | None) -> np.ndarray:
    """Encode texts, each once in the life of the cache."""
    keys = np.array([hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in texts])
    known = _read(cache)
    missing = sorted({number for number, key in enumerate(keys) if key not in known})
    if missing:
        for number, row in zip(missing, encoder().encode([texts[number] for number in missing]), strict=True):
            known[keys[number]] = row
        _write(cache, {key: known[key] for key in keys})
    return np.array([known[key] for key in keys], dtype=np.float32)


def _read(cache: Path | None) -> dict[str, np.ndarray]:
    path = cache / CACHE if cache else None
    if path is None or not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as kept:
        return dict(zip(kept["keys"].tolist(), kept["rows"], strict=True)) if kept["rows"].shape[1] == SIZE else {}


def _write(cache: Path | None, known: dict[str, np.ndarray]) -> None:
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        rows = np.array(list(known.values()), dtype=np.float32)
        np.savez(cache / CACHE, keys=np.array(list(known)), rows=rows)
