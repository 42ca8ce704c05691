"""Hands the help desk what the loaded model has learnt about words, distilled when a language is first asked for."""

from __future__ import annotations

from collections.abc import Callable

from rightsdesk.rasa.assistant import Assistant
from rightsdesk.understanding.classifier import Classifier
from rightsdesk.understanding.search_index import WordWeights, distil


class DeskWords:
    """Word weights by language, kept as long as the model that they come from."""

    def __init__(self, assistant: Callable[[], Assistant | None], topics: Callable[[], tuple[str, ...]]) -> None:
        """Distil from the assistant that answers now.

        Args:
            assistant: returns it, or None while it is loading.
            topics: returns the topics to tell apart.
        """
        self._assistant = assistant
        self._topics = topics
        self._kept: dict[str, tuple[Classifier, tuple[str, ...], WordWeights]] = {}

    def __call__(self, language: str) -> WordWeights | None:
        """Return the word weights of a language; None when the model has no examples in it."""
        assistant = self._assistant()
        ranker = assistant.ranker if assistant else None
        classifier = ranker.classifiers.get(language) if ranker else None
        if classifier is None:
            return None
        topics = self._topics()
        kept = self._kept.get(language)
        if kept is None or kept[0] is not classifier or kept[1] != topics:
            kept = self._kept[language] = (classifier, topics, distil(classifier, topics))
        return kept[2]
