"""One language's classifier: one-vs-rest logistic regression on TF-IDF vectors, served with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rightsdesk.understanding.vectors import Row, Vectorizer, learn

STRENGTH = 10.0  # inverse of regularisation; research/understanding.md, ablation of design 4b
TOLERANCE = 0.1  # liblinear's own default; a thousand times stricter changed no answer and took twice as long
SHARPNESS = 1.5  # steepness with which scores become confidences; best on held-out questions


@dataclass(frozen=True)
class Classifier:
    """Scores every intent of one language.

    Attributes:
        vectorizer: turns a text into a sparse row.
        intents: the classes, in the order of the columns.
        weights: features × intents, 16-bit: half the memory, the same answers (measured on the golden questions).
        bias: one per intent.
    """

    vectorizer: Vectorizer
    intents: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray

    def confidences(self, text: str) -> np.ndarray:
        """Return a confidence for each intent; they sum to 1."""
        indices, values = self.vectorizer.row(text)
        scores = values @ self.weights[indices].astype(np.float32) + self.bias
        raised = np.exp((scores - scores.max()) * SHARPNESS)
        return raised / raised.sum()


def train(texts: list[str], intents: list[str]) -> Classifier:
    """Learn a classifier.

    Args:
        texts: example questions of one language.
        intents: the intent of each.

    Returns:
        The classifier; the same examples always give the same one.
    """
    from sklearn.linear_model import LogisticRegression

    vectorizer = learn(texts)
    rows = [vectorizer.row(text) for text in texts]
    model = LogisticRegression(
        solver="liblinear", dual=True, C=STRENGTH, tol=TOLERANCE, multi_class="ovr", random_state=7
    )
    model.fit(matrix(rows, vectorizer.size), np.array(intents))
    weights = np.ascontiguousarray(model.coef_.T, dtype=np.float16)
    return Classifier(vectorizer, tuple(model.classes_), weights, model.intercept_.astype(np.float32))


def matrix(rows: list[Row], size: int):  # type: ignore[no-untyped-def]  # scipy has no types
    """Stack sparse rows into a matrix for training."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(indices) for indices, _ in rows)])
    indices = np.concatenate([indices for indices, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, indices, ends), shape=(len(rows), size))
