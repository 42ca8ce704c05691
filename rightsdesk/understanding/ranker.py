"""From a masked text to its language and ranked topics, with the decision to answer, to ask back or to refuse."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rightsdesk.understanding.classifier import Classifier
from rightsdesk.understanding.language import Identifier
from rightsdesk.understanding.meaning import MeaningClassifier
from rightsdesk.understanding.text import clean, words

OUT_OF_SCOPE = "out_of_scope"
FACETS = ("how", "cost", "deadline", "identity", "refused", "contact", "offline", "law")
FOLLOW_UPS = frozenset([*FACETS, "explain_simpler", "tell_more", "show_sources"])
SURE_FOLLOW_UP = 0.9  # confidence from which a text is a follow-up even where there is no topic before it
FEW_WORDS = 3  # so may be such a short text (“how long?”)
UNCLEAR = "nlu_fallback"  # Rasa's own name for it
EMERGENCY = "emergency"
ALARMING = (
    0.85  # confidence from which danger comes before everything else; below it the number is named beside the reply
)


@dataclass(frozen=True)
class Thresholds:
    """When to answer, when to ask back, when to refuse; chosen on golden questions, set in config.yml.

    Attributes:
        answer: least confidence of the first topic.
        margin: least distance to the second.
        refuse: below this confidence a text counts as out of scope.
    """

    answer: float = 0.55
    margin: float = 0.2
    refuse: float = 0.02


@dataclass(frozen=True)
class Ranking:
    """What was understood.

    Attributes:
        intent: the topic or conversation intent; `nlu_fallback` when unclear, `out_of_scope` when not ours.
        confidence: of that intent.
        order: all intents with their confidence, best first.
        language: language of the text, any code; None for texts without words.
    """

    intent: str
    confidence: float
    order: list[tuple[str, float]] = field(default_factory=list)
    language: str | None = None


@dataclass(frozen=True)
class Ranker:
    """Ranks topics in every language that has examples.

    Attributes:
        identifier: tells the language.
        classifiers: one per language, on words.
        thresholds: per language.
        meanings: a second classifier on sentence embeddings, for languages that have one.
    """

    identifier: Identifier
    classifiers: dict[str, Classifier]
    thresholds: dict[str, Thresholds] = field(default_factory=dict)
    meanings: dict[str, MeaningClassifier] = field(default_factory=dict)

    def rank(self, text: str, expected: str | None = None, city: str | None = None, follow_ups: bool = True) -> Ranking:
        """Rank the topics for a text.

        Args:
            text: as written, personal data masked.
            expected: the language of the page or the conversation.
            city: the city whose own topics are ranked too.
            follow_ups: whether there is a topic that a question can follow up on.

        Returns:
            The ranking; a text in a language without examples is out of scope with no candidates.
        """
        text = clean(text)
        coverage = {code: model.vectorizer.coverage(text) for code, model in self.classifiers.items()}
        spoken = self.identifier.identify(text, expected, coverage)
        if spoken is None:
            return Ranking(UNCLEAR, 0.0)
        if spoken not in self.classifiers:
            return Ranking(OUT_OF_SCOPE, 0.0, language=spoken)
        model = self.classifiers[spoken]
        confidences = self._confidences(spoken, text)
        possible = follow_ups or confidences.max() >= SURE_FOLLOW_UP or len(words(text)) <= FEW_WORDS
        allowed = np.array(
            [_ranked_here(name, city) and (possible or name not in FOLLOW_UPS) for name in model.intents]
        )
        confidences = np.where(allowed, confidences, 0.0)
        confidences /= max(confidences.sum(), 1e-9)
        best = np.argsort(-confidences, kind="stable")
        order = [(model.intents[number], float(confidences[number])) for number in best if allowed[number]]
        intent = decide(order, self.thresholds.get(spoken, Thresholds()))
        return Ranking(intent, order[0][1], order, spoken)

    def _confidences(self, language: str, text: str) -> np.ndarray:
        confidences = self.classifiers[language].confidences(text)
        if language in self.meanings:
            confidences = confidences * self.meanings[language].confidences(text)
            confidences /= confidences.sum()
        return confidences


def decide(order: list[tuple[str, float]], thresholds: Thresholds) -> str:
    """Answer, ask back or refuse.

    Args:
        order: intents with confidence, best first.
        thresholds: of the text's language.

    Returns:
        The first intent, `nlu_fallback`, `out_of_scope`, or `emergency` before all of them.
    """
    (first, confidence), (_, second) = order[0], order[1]
    if dict(order).get(EMERGENCY, 0.0) >= ALARMING:
        return EMERGENCY
    if confidence < thresholds.refuse:
        return OUT_OF_SCOPE
    if confidence - second < thresholds.margin or first == EMERGENCY:
        return UNCLEAR
    if first == OUT_OF_SCOPE or confidence >= thresholds.answer:
        return first
    return UNCLEAR


def _ranked_here(intent: str, city: str | None) -> bool:
    """A topic that only one city has, `<city>__<topic>`, is ranked there alone."""
    owner, separator, _ = intent.partition("__")
    return not separator or owner == city
