"""The ranker on a small set of its own: language, ranking, decisions, saving."""

from pathlib import Path

import pytest

from rightsdesk.understanding import ranker, storage, training
from rightsdesk.understanding.evaluation import choose_thresholds, figures, judge, outcome
from rightsdesk.understanding.examples import Example, GoldenQuestion
from rightsdesk.understanding.ranker import OUT_OF_SCOPE, UNCLEAR, Thresholds, decide

SMALL = {
    "en": {
        "cctv": ["who films me on the tram", "are there cameras on the square", "the bus has a camera above the door",
                 "how long is station video kept", "filmed at the town hall entrance"],
        "access": ["what does the city know about me", "copy of my file please", "see everything the housing office has",
                   "show me my records", "which data about me is stored"],
        "cost": ["is that free", "what does it cost", "do I have to pay for it", "any fee", "how expensive is that"],
        "out_of_scope": ["when is my bin collected", "I need a new passport", "weather tomorrow", "pancake recipe",
                         "football results tonight"],
        "porto__bridge": ["is the bridge watched", "bridge counter", "who runs the bridge sensor", "bridge data", "the bridge box"],
    },
    "de": {
        "cctv": ["wer filmt mich in der Straßenbahn", "Kameras auf dem Platz", "im Bus hängt eine Kamera",
                 "wie lange bleibt das Video", "gefilmt am Rathaus"],
        "access": ["was weiß die Stadt über mich", "Kopie meiner Akte bitte", "welche Daten sind gespeichert",
                   "zeigen Sie mir meine Daten", "alles was das Wohnungsamt hat"],
        "cost": ["kostet das was", "ist das kostenlos", "was muss ich zahlen", "Gebühr dafür", "wie teuer"],
        "out_of_scope": ["wann kommt die Müllabfuhr", "ich brauche einen Reisepass", "Wetter morgen", "Kuchenrezept",
                         "wer hat gestern gewonnen"],
    },
}  # fmt: skip
EXAMPLES = [
    Example(text, intent, language)
    for language, intents in SMALL.items()
    for intent, texts in intents.items()
    for text in texts
]


@pytest.fixture(scope="module")
def trained() -> ranker.Ranker:
    return training.train(EXAMPLES, embeddings=False)


def test_it_recognises_language_and_topic(trained: ranker.Ranker) -> None:
    found = trained.rank("in der Straßenbahn werde ich gefilmt", "en")
    assert (found.language, found.order[0][0]) == ("de", "cctv")
    assert sum(confidence for _, confidence in found.order) == pytest.approx(1)
    assert [confidence for _, confidence in found.order] == sorted((c for _, c in found.order), reverse=True)


def test_the_page_decides_the_language_of_one_word(trained: ranker.Ranker) -> None:
    assert trained.rank("video", "de").language == "de"
    assert trained.rank("video", "en").language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("누가 저를 촬영하나요", "ko"), ("кто меня снимает в трамвае", "ru"), ("من يصورني في الترام", "ar"),
        ("kto mnie nagrywa w tramwaju w tym mieście", "pl"), ("ποιος με βιντεοσκοπεί στο τραμ", "el"),
    ],
)  # fmt: skip
def test_other_languages_are_recognised_and_not_guessed_at(trained: ranker.Ranker, text: str, language: str) -> None:
    found = trained.rank(text, "en")
    assert found.language == language
    assert found.intent == OUT_OF_SCOPE and found.order == []


@pytest.mark.parametrize("text", ["", "👍🙏", "12345", "??!", " \u200b "])
def test_texts_without_words_are_unclear(trained: ranker.Ranker, text: str) -> None:
    assert trained.rank(text, "en").intent == UNCLEAR


def test_follow_ups_need_something_to_follow(trained: ranker.Ranker) -> None:
    question = "must I pay when I see my file"
    assert "cost" in dict(trained.rank(question, "en").order)
    assert "cost" not in dict(trained.rank(question, "en", follow_ups=False).order)


def test_a_citys_own_topic_is_ranked_there_alone(trained: ranker.Ranker) -> None:
    assert trained.rank("who runs the bridge sensor", "en", city="porto").order[0][0] == "porto__bridge"
    assert "porto__bridge" not in dict(trained.rank("who runs the bridge sensor", "en", city="leipzig").order)


def test_what_is_saved_ranks_the_same(trained: ranker.Ranker, tmp_path: Path) -> None:
    storage.save(trained, tmp_path)
    assert not list(tmp_path.glob("*.pkl"))
    again = storage.load(tmp_path)
    for text in ("who films me on the bus", "was weiß das Amt", "passport"):
        before, after = trained.rank(text, "en"), again.rank(text, "en")
        assert before.language == after.language
        assert [name for name, _ in before.order] == [name for name, _ in after.order]


def test_training_twice_gives_the_same(trained: ranker.Ranker) -> None:
    again = training.train(EXAMPLES, embeddings=False)
    assert again.rank("who films me", "en") == trained.rank("who films me", "en")


@pytest.mark.parametrize(
    ("order", "intent"),
    [
        ([("a", 0.9), ("b", 0.05)], "a"),
        ([("a", 0.5), ("b", 0.45)], UNCLEAR),
        ([("a", 0.4), ("b", 0.1)], UNCLEAR),
        ([(OUT_OF_SCOPE, 0.4), ("b", 0.1)], OUT_OF_SCOPE),
        ([("a", 0.01), ("b", 0.005)], OUT_OF_SCOPE),
        ([("a", 0.1), ("emergency", 0.86)], "emergency"),
        ([("emergency", 0.65), ("a", 0.1)], UNCLEAR),
        ([("a", 0.9), ("emergency", 0.05)], "a"),
    ],
)
def test_it_answers_asks_back_or_refuses(order: list[tuple[str, float]], intent: str) -> None:
    assert decide(order, Thresholds(answer=0.55, margin=0.2, refuse=0.02)) == intent


def test_figures_count_what_a_resident_would(trained: ranker.Ranker) -> None:
    questions = [
        GoldenQuestion("somebody films me on the tram", "cctv", "en", "direct"),
        GoldenQuestion("please show me my own records", "access", "en", "direct"),
        GoldenQuestion("new passport", OUT_OF_SCOPE, "en", "keyword"),
    ]
    ranked = judge(trained, questions)
    found = figures([outcome(question, ranking, Thresholds(0.1, 0.0, 0.0)) for question, ranking in ranked])
    assert (found.questions, found.out_of_scope) == (2, 1)
    assert (found.right, found.wrong, found.false_accepts) == (1.0, 0.0, 0.0)
    chosen = choose_thresholds(ranked)
    assert 0 < chosen.answer < 1
