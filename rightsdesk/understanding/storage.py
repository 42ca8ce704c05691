"""A ranker on disk: numpy arrays and JSON, nothing that could run code when it is read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from rightsdesk.understanding import sentence_encoder
from rightsdesk.understanding.classifier import Classifier
from rightsdesk.understanding.language import Identifier
from rightsdesk.understanding.meaning import MeaningClassifier
from rightsdesk.understanding.ranker import Ranker, Thresholds
from rightsdesk.understanding.vectors import FEATURES, Block, Vectorizer

IDENTIFIER = "languages"
TOPICS = "topics-"
MEANING = "meaning-"


def save(ranker: Ranker, folder: Path) -> None:
    """Write a ranker.

    Args:
        ranker: what was learnt.
        folder: an existing folder.
    """
    save_identifier(folder, ranker.identifier)
    for code, model in ranker.classifiers.items():
        save_classifier(folder, TOPICS + code, model)
    for code, by_meaning in ranker.meanings.items():
        save_meaning(folder, MEANING + code, by_meaning)


def load(folder: Path, thresholds: dict[str, Thresholds] | None = None, embeddings: bool = True) -> Ranker:
    """Read what `save` wrote.

    Args:
        folder: the folder.
        thresholds: per language; `<language>-words` where a language is ranked without its embeddings.
        embeddings: rank by meaning too, where the package with the encoder is installed.
    """
    chosen = dict(thresholds or {})
    classifiers = {code: load_classifier(folder, name) for code, name in _parts(folder, TOPICS)}
    meanings = {}
    for code, name in _parts(folder, MEANING):
        if embeddings and sentence_encoder.available():
            meanings[code] = load_meaning(folder, name)
    for code in classifiers:
        if code not in meanings and f"{code}-words" in chosen:
            chosen[code] = chosen[f"{code}-words"]
    return Ranker(load_identifier(folder), classifiers, chosen, meanings)


def save_classifier(folder: Path, name: str, model: Classifier) -> None:
    """Write one language's classifier."""
    _save_part(folder, name, model.vectorizer, model.intents, model.weights, model.bias)


def load_classifier(folder: Path, name: str) -> Classifier:
    """Read one language's classifier."""
    return Classifier(*_load_part(folder, name))


def save_identifier(folder: Path, identifier: Identifier) -> None:
    """Write what tells languages apart."""
    _save_part(folder, IDENTIFIER, identifier.vectorizer, identifier.languages, identifier.weights, identifier.bias)


def load_identifier(folder: Path) -> Identifier:
    """Read what tells languages apart."""
    return Identifier(*_load_part(folder, IDENTIFIER))


def save_meaning(folder: Path, name: str, model: MeaningClassifier) -> None:
    """Write a classifier on embeddings."""
    (folder / f"{name}.json").write_text(json.dumps(model.intents), encoding="utf-8")
    np.savez(folder / f"{name}.npz", weights=model.weights, bias=model.bias)


def load_meaning(folder: Path, name: str) -> MeaningClassifier:
    """Read a classifier on embeddings."""
    intents = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
        return MeaningClassifier(tuple(intents), arrays["weights"], arrays["bias"])


def _parts(folder: Path, prefix: str) -> list[tuple[str, str]]:
    return [(path.stem.removeprefix(prefix), path.stem) for path in sorted(folder.glob(f"{prefix}*.json"))]


def _save_part(
    folder: Path, name: str, vectorizer: Vectorizer, classes: tuple[str, ...], weights: np.ndarray, bias: np.ndarray
) -> None:
    kinds = [FEATURES.index(block.features) for block in vectorizer.blocks]  # type: ignore[arg-type]
    words = [list(block.index) for block in vectorizer.blocks]
    head = {"classes": list(classes), "kinds": kinds, "vocabularies": words}
    (folder / f"{name}.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
    idf = np.concatenate([block.idf for block in vectorizer.blocks])
    np.savez(folder / f"{name}.npz", idf=idf, weights=weights, bias=bias)


def _load_part(folder: Path, name: str) -> tuple[Vectorizer, tuple[str, ...], np.ndarray, np.ndarray]:
    head = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
        idf, weights, bias = arrays["idf"], arrays["weights"], arrays["bias"]
    blocks: list[Block] = []
    offset = 0
    for kind, vocabulary in zip(head["kinds"], head["vocabularies"], strict=True):
        index = {word: number for number, word in enumerate(vocabulary)}
        blocks.append(Block(FEATURES[kind], index, idf[offset : offset + len(index)], offset))
        offset += len(index)
    return Vectorizer(tuple(blocks)), tuple(head["classes"]), weights, bias
