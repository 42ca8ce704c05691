"""Two questions in one message: what each of them asks for."""

from __future__ import annotations

import re
from dataclasses import replace

from rightsdesk.understanding.ranker import EMERGENCY, FOLLOW_UPS, OUT_OF_SCOPE, UNCLEAR, Ranker, Ranking
from rightsdesk.understanding.text import words

QUESTION = re.compile(r"[^?？]+[?？]")
LEAST_WORDS = 3
MOST_QUESTIONS = 4


def tell_apart(
    ranker: Ranker, text: str, whole: Ranking, expected: str | None, city: str | None
) -> tuple[Ranking, str | None]:
    """Find a second topic in a message that asks two questions.

    Args:
        ranker: ranks each question on its own.
        text: the message.
        whole: the ranking of the whole message.
        expected: the language of the page or the conversation.
        city: the city whose own topics are ranked too.

    Returns:
        The ranking to go by, and the topic of the other question or None. Where the whole message is unclear because
        it asks for two things, the ranking is that of its first question.
    """
    questions = [part for part in QUESTION.findall(text) if len(words(part)) >= LEAST_WORDS][:MOST_QUESTIONS]
    if len(questions) < 2 or whole.intent == EMERGENCY:
        return whole, None
    rankings: dict[str, Ranking] = {}
    for question in questions:
        ranking = ranker.rank(question, whole.language or expected, city, follow_ups=False)
        if ranking.intent not in (UNCLEAR, OUT_OF_SCOPE, *FOLLOW_UPS):
            rankings.setdefault(ranking.intent, ranking)
    if len(rankings) < 2:
        return whole, None
    first = whole.intent if whole.intent in rankings else next(iter(rankings))
    second = next(intent for intent in rankings if intent != first)
    if whole.intent == first:
        return whole, second
    return (replace(rankings[first], language=whole.language), second) if whole.intent == UNCLEAR else (whole, None)
