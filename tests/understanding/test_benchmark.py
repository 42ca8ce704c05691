"""The benchmark's judgement, on rankings made up for it: what it counts decides what docs/understanding.md says."""

from pathlib import Path

import pytest

from rightsdesk.understanding.examples import Example, GoldenQuestion

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    import common_task

    return common_task


def asked(topic: str) -> GoldenQuestion:
    return GoldenQuestion("text", topic, "en", "direct")


def test_the_same_examples_are_chosen_evenly_over_the_whole_list(task) -> None:
    assert task.spread(list(range(10)), 4) == [0, 2, 5, 7]
    assert task.spread([1, 2], 4) == [1, 2]


def test_the_common_task_has_every_topic_and_what_is_not_ours(task) -> None:
    texts = [Example(f"{intent} {n}", intent, "en") for intent in (*task.topics(), "greet") for n in range(5)]
    chosen = task.subset(texts, "en", 2)
    assert len(task.topics()) == 43
    assert {item.intent for item in chosen} == task.topics()
    assert len(chosen) == 2 * 43


def test_quality_counts_first_and_offered_without_what_is_not_ours(task) -> None:
    orders = [
        [("scams", 0.9), ("data_access", 0.1)],
        [("out_of_scope", 0.4), ("a", 0.3), ("b", 0.2), ("data_access", 0.1)],
        [("a", 0.4), ("b", 0.3), ("c", 0.2), ("data_access", 0.1)],
        [("out_of_scope", 0.9), ("scams", 0.1)],
        [("scams", 0.95), ("out_of_scope", 0.05)],
    ]
    topics = ["scams", "data_access", "data_access", "out_of_scope", "out_of_scope"]
    found = task.quality([asked(topic) for topic in topics], orders)
    assert (found["questions"], found["out_of_scope"]) == (3, 2)
    assert (found["first"], found["among_three"]) == (pytest.approx(1 / 3, abs=1e-4), pytest.approx(2 / 3, abs=1e-4))
    assert found["false_accepts"] == 0.5


def test_a_question_without_any_topic_counts_as_refused(task) -> None:
    found = task.quality([asked("scams"), asked("out_of_scope")], [[("scams", 0.5)], []])
    assert (found["first"], found["false_accepts"]) == (1.0, 0.0)
