"""The graph component that puts our ranker into Rasa's pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rightsdesk import settings
from rightsdesk.answers.buttons import CITY_TOPIC, is_city_topic
from rightsdesk.rasa.training import PARTS
from rightsdesk.rasa.training_data import all_examples, fingerprint
from rightsdesk.understanding import storage, training
from rightsdesk.understanding.ranker import Ranker, Thresholds
from rightsdesk.understanding.several import tell_apart
from rightsdesk.understanding.text import shorten

RANKED = 8  # how many intents are handed on
TEXT_LANGUAGE = "text_language"
ALSO_ASKED = "also_asked"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicRanker(GraphComponent, IntentClassifier):
    """Finds the language of a message, ranks the topics, and decides to answer, to ask back or to refuse.

    Reads `data/nlu/` and the cities' examples itself (config: `data`), because Rasa's reader is too slow for them.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where the examples are and when to answer; see `Thresholds`."""
        return {"data": "data", "thresholds": {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicRanker:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicRanker:
        """Read a trained component."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._ranker = storage.load(Path(folder), component._thresholds(), settings.read().embeddings)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train again when the examples or our code of understanding change."""
        return fingerprint(Path(config["data"]))

    @classmethod
    def required_packages(cls) -> list[str]:
        """Name the packages whose version decides the result."""
        return ["sklearn"]

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        """Remember where to store what is learnt."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._ranker: Ranker | None = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples (Rasa's own training data is only a sample of them)."""
        read = settings.read()
        examples = all_examples(Path(self._config["data"]))
        trained = training.train(examples, self._thresholds(), read.models / PARTS, read.embeddings)
        with self._model_storage.write_to(self._resource) as folder:
            storage.save(trained, Path(folder))
        self._ranker = trained
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and language of each message; payloads are left to Rasa's own handler."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._ranker is None or text.startswith("/"):
                continue
            metadata = message.get("metadata") or {}
            text, page, city = shorten(text)[0], metadata.get("language"), metadata.get("city")
            ranking = self._ranker.rank(text, page, city, metadata.get("follow_ups", True))
            ranking, also_asked = tell_apart(self._ranker, text, ranking, page, city)
            ranked = [{"name": name, "confidence": confidence} for name, confidence in ranking.order[:RANKED]]
            name = CITY_TOPIC if is_city_topic(ranking.intent) else ranking.intent
            message.set(INTENT, {"name": name, "confidence": ranking.confidence}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranked, add_to_output=True)
            message.set(TEXT_LANGUAGE, ranking.language, add_to_output=True)
            message.set(ALSO_ASKED, also_asked, add_to_output=True)
        return messages

    def _thresholds(self) -> dict[str, Thresholds]:
        configured = self._config.get("thresholds") or {}
        return {language: Thresholds(**values) for language, values in configured.items()}
