"""Training examples and golden questions: enough, apart from each other, and free of personal data."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from rightsdesk.privacy.masking import EMAIL_MASK, mask
from rightsdesk.understanding.examples import BadExamples, read_examples, read_golden

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = read_examples(ROOT / "data")
GOLDEN = read_golden(ROOT / "tests" / "golden")
TOPICS = {path.stem for path in (ROOT / "data" / "topics").glob("*.yml")} - {"request_followup", "make_letter"}


@pytest.mark.parametrize(
    ("language", "least"),
    [("en", 120), *((language, 60) for language in ("de", "fi", "fr", "nl", "es", "pt", "ca", "is", "ko", "sv"))],
)
def test_every_topic_has_enough_examples(language: str, least: int) -> None:
    counts = Counter(example.intent for example in EXAMPLES if example.language == language)
    few = {topic: counts[topic] for topic in TOPICS if counts[topic] < least}
    assert not few


@pytest.mark.parametrize(
    ("language", "least"),
    [("en", 4), *((language, 2) for language in ("de", "fi", "fr", "nl", "es", "pt", "ca", "is", "ko", "sv"))],
)
def test_every_topic_has_golden_questions(language: str, least: int) -> None:
    counts = Counter(question.topic for question in GOLDEN if question.language == language)
    assert len(TOPICS) == 42
    assert not {topic: counts[topic] for topic in TOPICS if counts[topic] < least}


def test_golden_questions_stand_apart_from_training() -> None:
    training: dict[str, list[str]] = defaultdict(list)
    for example in EXAMPLES:
        training[example.language].append(example.text.lower())
    close = []
    for question in GOLDEN:
        text = question.text.lower()
        known = training[question.language]
        if len(text.split()) < 4:
            if text in known:
                close.append((question.text, text))
            continue
        long = [example for example in known if len(example.split()) >= 4]
        best = process.extractOne(text, long, scorer=fuzz.ratio, score_cutoff=85)
        if best:
            close.append((question.text, best[0]))
    assert GOLDEN and not close


def test_no_example_stands_under_two_intents() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for example in EXAMPLES:
        owners[example.language, example.text.lower().rstrip(" .!?") or example.text].add(example.intent)
    assert not {key: intents for key, intents in owners.items() if len(intents) > 1}


def test_no_example_holds_personal_data() -> None:
    assert not [example.text for example in EXAMPLES if EMAIL_MASK in mask(example.text)]
    assert not [example.text for example in EXAMPLES if mask(example.text) != example.text]


def test_a_block_without_its_language_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "nlu" / "en"
    folder.mkdir(parents=True)
    (folder / "privacy.yml").write_text(
        'version: "3.1"\nnlu:\n  - intent: data_access\n    examples: |\n      - hello\n'
    )
    with pytest.raises(BadExamples, match=r"privacy\.yml.*data_access.*language"):
        read_examples(tmp_path)
