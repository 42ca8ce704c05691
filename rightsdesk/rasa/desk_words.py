"""Hands the help desk what the loaded model has learnt about words, distilled when a language is first asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from rightsdesk.knowledge.library import Library
from rightsdesk.rasa.assistant import Assistant
from rightsdesk.understanding.classifier import Classifier
from rightsdesk.understanding.search_index import WordWeights, distil

MOST = 22  # kept at a time, 3 MB each; cities without topics of their own share one for each language


class DeskWords:
    """Word weights by language and topics, kept as long as the model that they come from."""

    def __init__(self, assistant: Callable[[], Assistant | None], library: Callable[[], Library]) -> None:
        """Distil from the assistant that answers now.

        Args:
            assistant: returns it, or None while it is loading.
            library: returns the knowledge, for the topics to tell apart.
        """
        self._assistant = assistant
        self._library = library
        self._kept: OrderedDict[tuple[str, tuple[str, ...]], tuple[Classifier, WordWeights]] = OrderedDict()

    def __call__(self, city: str, language: str) -> WordWeights | None:
        """Return the word weights of a language at a city; None when the model has no examples in it."""
        assistant = self._assistant()
        ranker = assistant.ranker if assistant else None
        classifier = ranker.classifiers.get(language) if ranker else None
        if classifier is None:
            return None
        library = self._library()
        topics = tuple(dict.fromkeys([*library.topics, *library.place(city).topics]))
        key = (language, topics)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not classifier:
            kept = self._kept[key] = (classifier, distil(classifier, topics))
        self._kept.move_to_end(key)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return kept[1]
