"""What bench/understanding.py gives to every system: examples to learn from, questions to answer, and its judgement."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from systems import Order

from rightsdesk.understanding.examples import Example, GoldenQuestion, read_golden

ROOT = Path(__file__).resolve().parent.parent
OUT_OF_SCOPE = "out_of_scope"
NOT_ASKED_AS_TOPIC = {"make_letter", "request_followup"}  # they have a card, but belong to the conversation
KEPT = 0.95  # share of the questions in scope that must still be answered


def topics() -> set[str]:
    """Name what is measured: the topics, and what is not ours."""
    return {path.stem for path in (ROOT / "data" / "topics").glob("*.yml")} - NOT_ASKED_AS_TOPIC | {OUT_OF_SCOPE}


def subset(examples: list[Example], language: str, most: int | None) -> list[Example]:
    """Choose examples of each topic in one language, evenly spread over its list; all of them without `most`."""
    wanted = topics()
    by_topic: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if example.language == language and example.intent in wanted:
            by_topic[example.intent].append(example)
    return [item for _, mine in sorted(by_topic.items()) for item in spread(mine, most or len(mine))]


def spread(items: list[Example], most: int) -> list[Example]:
    """Pick so many items at even distances."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]


def golden(language: str) -> list[GoldenQuestion]:
    """Read the golden questions of one language about the measured topics."""
    wanted = topics()
    everything = read_golden(ROOT / "tests" / "golden")
    return [item for item in everything if item.language == language and item.topic in wanted]


def quality(questions: list[GoldenQuestion], orders: list[Order]) -> dict:
    """Count how often the first topic is right, one of three is, and what of the rest is taken for ours.

    Args:
        questions: golden questions.
        orders: the ranking of each, best first.
    """
    ours = [(item, order) for item, order in zip(questions, orders, strict=True) if item.topic != OUT_OF_SCOPE]
    others = [order for item, order in zip(questions, orders, strict=True) if item.topic == OUT_OF_SCOPE]
    first = sum(bool(order) and order[0][0] == item.topic for item, order in ours)
    among = sum(item.topic in [intent for intent, _ in named(order)[:3]] for item, order in ours)
    return {
        "questions": len(ours),
        "out_of_scope": len(others),
        "first": round(first / len(ours), 4),
        "among_three": round(among / len(ours), 4),
        "false_accepts": round(false_accepts([order for _, order in ours], others), 4),
    }


def named(order: Order) -> Order:
    """Leave out `out_of_scope`: what could be answered."""
    return [(intent, score) for intent, score in order if intent != OUT_OF_SCOPE]


def false_accepts(ours: list[Order], others: list[Order]) -> float:
    """Share of questions out of scope that pass the bar which 95 % of the questions in scope pass.

    A system may tell its certainty by the score of the best topic, by that topic's lead over `out_of_scope`, or by its
    share of the two; each gets the way that suits it best, because their scores are not alike.
    """
    ways = (
        lambda best, other: best,
        lambda best, other: best - other,
        lambda best, other: best / (best + other + 1e-9),
    )
    shares = []
    for certainty in ways:
        kept, rest = (
            [certainty(max((score for _, score in named(order)), default=0.0), dict(order).get(OUT_OF_SCOPE, 0.0))
             for order in group]
            for group in (ours, others)
        )  # fmt: skip
        bar = sorted(kept)[int(len(kept) * (1 - KEPT))]
        shares.append(sum(value >= bar for value in rest) / len(rest))
    return min(shares)
