"""The lines of a fact, as a city team sees them beside its answer."""

from pathlib import Path

import pytest

from rightsdesk.knowledge.excerpt import excerpt

FILE = """schema: 1
# contacts of the city
contacts:
  desk:
    name:
      de: Bürgertelefon
      en: Citizens' line
    note:
      de: >
        Rufen Sie an,
        wann Sie wollen.
      en: Call any time.
    languages: [de, en]
    hours: {de: täglich, en: daily}

  # the next one
  dpo:
    name: Datenschutz
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "leipzig.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def numbers(file: Path, line: int, *languages: str) -> list[int]:
    found = excerpt(file, line, set(languages))
    lines = FILE.splitlines()
    assert all(text == lines[number - 1] for number, text in found)
    return [number for number, _ in found]


def test_a_fact_ends_before_the_next_one_and_its_comments(file: Path) -> None:
    assert numbers(file, 4, "de", "en") == list(range(4, 15))
    assert numbers(file, 17, "de") == [17, 18]


def test_texts_in_other_languages_are_left_out_with_all_their_lines(file: Path) -> None:
    assert numbers(file, 4, "en") == [4, 5, 7, 8, 12, 13, 14]
    assert numbers(file, 4, "de") == [4, 5, 6, 8, 9, 10, 11, 13, 14]


def test_a_whole_file_is_a_fact_too(file: Path) -> None:
    assert numbers(file, 1, "de", "en") == list(range(1, 19))


def test_a_saved_file_is_read_anew(file: Path) -> None:
    assert numbers(file, 17, "de") == [17, 18]
    file.write_text(FILE.replace("Datenschutz", "Büro"), encoding="utf-8")
    assert dict(excerpt(file, 17, {"de"}))[18].endswith("Büro")
