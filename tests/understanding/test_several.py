"""Two questions in one message."""

import pytest
from test_ranker import EXAMPLES

from rightsdesk.understanding import training
from rightsdesk.understanding.ranker import Ranker, Thresholds
from rightsdesk.understanding.several import tell_apart


@pytest.fixture(scope="module")
def trained() -> Ranker:
    return training.train(EXAMPLES, {"en": Thresholds(answer=0.3, margin=0.1)}, embeddings=False)


def asked(ranker: Ranker, text: str) -> tuple[str, str | None]:
    ranking, second = tell_apart(ranker, text, ranker.rank(text, "en"), "en", None)
    return ranking.intent, second


def test_both_topics_of_two_questions_are_found(trained: Ranker) -> None:
    found = asked(trained, "Are there cameras on the square? And what does the city know about me?")
    assert set(found) == {"cctv", "access"}


def test_one_question_asked_twice_is_one(trained: Ranker) -> None:
    assert asked(trained, "Are there cameras on the square? Who films me on the square?") == ("cctv", None)


def test_what_is_not_ours_is_no_second_question(trained: Ranker) -> None:
    assert asked(trained, "Are there cameras on the square? When is my bin collected?") == ("cctv", None)
