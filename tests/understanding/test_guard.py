"""What a change of the examples did to golden questions, and whom to blame."""

import pytest
from test_ranker import EXAMPLES

from rightsdesk.understanding import training
from rightsdesk.understanding.examples import Example, GoldenQuestion
from rightsdesk.understanding.guard import compare, marks, summary
from rightsdesk.understanding.ranker import Ranker, Thresholds

LOW = {"en": Thresholds(answer=0.3, margin=0.0), "de": Thresholds(answer=0.3, margin=0.0)}
GOLDEN = [
    GoldenQuestion("a camera films me on the tram", "cctv", "en", "direct"),
    GoldenQuestion("Kopie meiner Akte vom Wohnungsamt", "access", "de", "direct"),
]
MISPLACED = [
    Example("a camera filmed me on the tram again", "cost", "en", "cities/porto.yml"),
    Example("this tram camera films me and me", "cost", "en", "cities/porto.yml"),
    Example("on the tram a camera films", "cost", "en", "cities/porto.yml"),
]


def learnt(examples: list[Example]) -> Ranker:
    return training.train(examples, LOW, embeddings=False)


@pytest.fixture(scope="module")
def before() -> Ranker:
    return learnt(EXAMPLES)


def test_a_misplaced_example_is_named_with_the_question_it_spoilt(before: Ranker) -> None:
    examples = [*EXAMPLES, *MISPLACED]
    change = compare(before, learnt(examples), marks(EXAMPLES), examples, GOLDEN)
    assert len(change.added) == 3 and change.removed == 0
    [flip] = change.flips
    assert (flip.before.intent, flip.after.intent) == ("cctv", "cost")
    assert flip.cause in MISPLACED
    assert f"the new example “{flip.cause.text}” (cost, cities/porto.yml)" in "\n".join(summary(change))


def test_an_example_that_is_gone_is_counted_and_nobody_is_blamed(before: Ranker) -> None:
    examples = [one for one in EXAMPLES if (one.language, one.intent) != ("de", "access") or "Stadt" in one.text]
    change = compare(before, learnt(examples), marks(EXAMPLES), examples, GOLDEN)
    assert change.removed == 4
    [flip] = change.flips
    assert flip.after.question.language == "de" and flip.cause is None


def test_nothing_new_flips_nothing(before: Ranker) -> None:
    change = compare(before, before, marks(EXAMPLES), EXAMPLES, GOLDEN)
    assert (change.added, change.removed, change.flips) == ([], 0, [])
