"""`rightsdesk check` finds what a single file cannot know of itself."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rightsdesk.knowledge.check import check_data

Edit = Callable[[str, str, str], Path]
ROOT = Path(__file__).resolve().parent.parent.parent


def errors(data: Path, **options) -> list[str]:
    return [str(problem) for problem in check_data(data, **options) if problem.severity == "error"]


def test_the_real_files_are_clean() -> None:
    assert errors(ROOT / "data", publish=True, today=date(2026, 11, 23)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("topics/data_access.yml", "{deadline}", "{dedline}", "not a placeholder"),
        ("topics/data_access.yml", "legal: access", "legal: acess", "Did you mean “access”?"),
        ("topics/data_access.yml", "letter: access", "letter: acces", "There is no letter"),
        ("topics/data_access.yml", "[dpo, front_desk]", "[dpo, front_dsk]", "Did you mean “front_desk”?"),
        ("topics/data_access.yml", "id: data_access", "id: data_acess", "differs from the file's name"),
        (
            "cities/leipzig.yml",
            "\nanswers:",
            "\nanswers:\n  data_acess:\n    add:\n      de: Satz.\n  #",
            "data_access",
        ),
        ("ui/de.yml", "  send:", "  sned:", "“sned” is not used"),
        ("cities/leipzig.yml", "languages: [de, en]", "languages: [xx, de]", "“xx” is not one of"),
    ],
)
def test_mistakes_across_files(data: Path, edit: Edit, file: str, old: str, new: str, said: str) -> None:
    edit(file, old, new)
    assert said in "\n".join(errors(data))


def test_languages_must_agree_in_placeholders(data: Path, edit: Edit) -> None:
    edit("topics/data_access.yml", "Die Stadt muss {deadline} antworten", "Die Stadt muss bald antworten")
    assert any("differ in placeholders: {deadline}" in error for error in errors(data))


def test_two_topics_must_not_share_a_sentence(data: Path, edit: Edit) -> None:
    text = (data / "topics" / "data_breach.yml").read_text(encoding="utf-8")
    sentence = "Change your passwords now."
    assert sentence in text
    edit("topics/data_access.yml", "short:\n  en: ", f"short:\n  en: {sentence} ")
    assert any("stands in" in error and "Change your passwords now" in error for error in errors(data))


def test_placeholder_addresses_block_publishing_only(data: Path) -> None:
    path = data / "cities" / "leipzig.yml"
    path.write_text(path.read_text(encoding="utf-8") + "embed_origins:\n  - https://city.example\n", encoding="utf-8")
    assert errors(data) == []
    assert any("placeholder is left" in error for error in errors(data, publish=True))


def test_an_unknown_city_is_refused_with_the_nearest(data: Path) -> None:
    with pytest.raises(ValueError, match="Did you mean “leipzig”"):
        check_data(data, ("leipzg",))
