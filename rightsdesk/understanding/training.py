"""Learns a ranker from example questions; a language whose examples did not change is not learnt again."""

from __future__ import annotations

import hashlib
import math
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rightsdesk.understanding import classifier, language, meaning, sentence_encoder, storage
from rightsdesk.understanding.classifier import Classifier
from rightsdesk.understanding.examples import Example
from rightsdesk.understanding.language import Identifier
from rightsdesk.understanding.meaning import MeaningClassifier
from rightsdesk.understanding.ranker import Ranker, Thresholds

CODE = Path(__file__).resolve().parent
LEARNING = (  # the modules that decide what is learnt; a change in any other needs no training
    "classifier",
    "examples",
    "language",
    "meaning",
    "sentence_encoder",
    "storage",
    "text",
    "training",
    "vectors",
    "word_pieces",
)
WORKERS = 2
ENOUGH = 3000  # examples by which a language is known: 99.2 % right; with all of them 99.3 %, for three times the work


def train(
    examples: Iterable[Example],
    thresholds: dict[str, Thresholds] | None = None,
    cache: Path | None = None,
    embeddings: bool = True,
) -> Ranker:
    """Learn from example questions.

    Args:
        examples: of all languages.
        thresholds: per language.
        cache: a folder that keeps what was learnt, so that only changed languages are learnt again.
        embeddings: learn English by meaning too, where the package with the encoder is installed.
    """
    by_language: dict[str, list[Example]] = {}
    for example in sorted(examples, key=lambda one: (one.language, one.intent, one.text)):
        by_language.setdefault(example.language, []).append(example)
    codes = sorted(by_language, key=lambda code: -len(by_language[code]))  # the longest work first
    by_meaning = [code for code in meaning.LANGUAGES if code in codes and embeddings and sentence_encoder.available()]
    with ThreadPoolExecutor(WORKERS) as pool:
        meanings = {code: pool.submit(_meaning, by_language[code], cache) for code in by_meaning}
        models = {code: pool.submit(_classifier, code, by_language[code], cache) for code in codes}
        identifier = pool.submit(_identifier, by_language, cache)
        return Ranker(
            identifier.result(),
            {code: models[code].result() for code in sorted(codes)},
            thresholds or {},
            {code: found.result() for code, found in meanings.items()},
        )


def code_digest() -> bytes:
    """Return a hash of the code that decides what is learnt from examples."""
    return hashlib.sha256(b"".join((CODE / f"{name}.py").read_bytes() for name in LEARNING)).digest()


def _classifier(code: str, examples: list[Example], cache: Path | None) -> Classifier:
    kept = _kept(f"topics-{code}", examples, cache)
    if kept and kept.exists():
        return storage.load_classifier(kept, f"topics-{code}")
    learnt = classifier.train([item.text for item in examples], [item.intent for item in examples])
    if kept:
        _keep(kept, lambda folder: storage.save_classifier(folder, f"topics-{code}", learnt))
    return learnt


def _meaning(examples: list[Example], cache: Path | None) -> MeaningClassifier:
    kept = _kept("meaning", examples, cache)
    if kept and kept.exists():
        return storage.load_meaning(kept, "meaning")
    learnt = meaning.train([item.text for item in examples], [item.intent for item in examples], cache)
    if kept:
        _keep(kept, lambda folder: storage.save_meaning(folder, "meaning", learnt))
    return learnt


def _identifier(by_language: dict[str, list[Example]], cache: Path | None) -> Identifier:
    """Learn languages from the shared examples alone: a city's few do not change how a language looks."""
    shared = {
        code: [item for item in items if not item.file.startswith("cities/")] for code, items in by_language.items()
    }
    some = [item for items in shared.values() for item in items[:: math.ceil(len(items) / ENOUGH)]]
    kept = _kept("languages", some, cache)
    if kept and kept.exists():
        return storage.load_identifier(kept)
    learnt = language.train([item.text for item in some], [item.language for item in some])
    if kept:
        _keep(kept, lambda folder: storage.save_identifier(folder, learnt))
    return learnt


def _kept(name: str, examples: list[Example], cache: Path | None) -> Path | None:
    """Return the folder for what is learnt from exactly these examples by exactly this code."""
    if cache is None:
        return None
    digest = hashlib.sha256(repr([(item.text, item.intent, item.language) for item in examples]).encode())
    digest.update(code_digest())
    return cache / name / digest.hexdigest()[:16]


def _keep(folder: Path, save) -> None:  # type: ignore[no-untyped-def]  # a function of the folder
    """Write a part whole or not at all, and drop the one it replaces."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for old in folder.parent.iterdir():
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
    half = Path(tempfile.mkdtemp(dir=folder.parent.parent))
    save(half)
    half.rename(folder)
