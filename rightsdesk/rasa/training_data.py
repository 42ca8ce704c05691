"""All example questions the ranker learns from: the shared ones and those of the cities."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rightsdesk import settings
from rightsdesk.knowledge.library import knowledge_files, read_file
from rightsdesk.knowledge.models import City
from rightsdesk.knowledge.resolution import own_topic_id
from rightsdesk.understanding import sentence_encoder
from rightsdesk.understanding.examples import Example, nlu_files, read_examples
from rightsdesk.understanding.training import code_digest


def all_examples(data: Path) -> list[Example]:
    """Read the shared examples and those in city files; a city's own topics get the intent `<city>__<topic>`.

    Args:
        data: the data folder.
    """
    return [*read_examples(data), *_city_examples(data)]


def fingerprint(data: Path) -> str:
    """Return a hash of everything a trained ranker depends on: all examples, and the code that learns from them."""
    by_meaning = settings.read().embeddings and sentence_encoder.available()
    digest = hashlib.sha256(repr((_city_examples(data), by_meaning)).encode())
    digest.update(code_digest())
    for path in nlu_files(data):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _city_examples(data: Path) -> list[Example]:
    examples: list[Example] = []
    for city in _cities(data):
        for topic, by_language in city.examples.items():
            examples += _of_city(city, topic, by_language)
        for name, extra in city.extra_topics.items():
            if extra.public:
                examples += _of_city(city, own_topic_id(city, name), extra.examples)
    return examples


def _cities(data: Path) -> list[City]:
    paths = [path for path in knowledge_files(data) if path.parent.name == "cities"]
    models = [read_file(path)[0] for path in paths]
    return [model for model in models if isinstance(model, City)]


def _of_city(city: City, intent: str, by_language: dict[str, list[str]]) -> list[Example]:
    return [
        Example(text, intent, language, f"cities/{city.city.id}.yml")
        for language, texts in by_language.items()
        for text in texts
    ]
