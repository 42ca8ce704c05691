"""Everything that editors get wrong gets a message with line and repair, and no stack trace."""

from pathlib import Path

import pytest

from rightsdesk.knowledge.loader import load
from rightsdesk.knowledge.models import City
from rightsdesk.knowledge.validation import validate

CITY = """\
schema: 1
city:
  id: testville
  name:
    de: Teststadt
    en: Testville
  jurisdictions: [eea]
  timezone: Europe/Berlin
  languages: [de, en]
review:
  owner: Digital team
  contacts: 6 months
sources:
  page:
    title: City page
    url: https://city.test/contact
    seen: 2026-11-21
contacts:
  data-protection:
    role: dpo
    name:
      de: Datenschutz-Stelle
      en: Data protection office
    email: privacy@city.test
    source: page
    status: verified
    checked: 2026-11-21
    by: Digital team
places:
  library:
    kind: library
    name:
      de: Bibliothek
      en: Library
    postcode: 04107
    hours:
      mon: 9:00-18:00
    source: page
    status: verified
    checked: 2026-11-21
    by: Digital team
registers:
  algorithms:
    published: no
laws:
  foi:
    name:
      de: Informationssatzung
      en: Information bylaw
    deadline: 1 month
"""


def read(tmp_path: Path, text: str | bytes) -> tuple[City | None, list[str]]:
    path = tmp_path / "testville.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    document = load(path)
    model = validate(document, City)
    return model, [str(problem) for problem in document.problems]


def test_what_yaml_would_guess_stays_as_written(tmp_path: Path) -> None:
    city, problems = read(tmp_path, CITY)
    assert problems == []
    assert city is not None
    place = city.places["library"]
    assert place is not None and place.postcode == "04107"
    assert place.hours == {"mon": "9:00-18:00"}
    register = city.registers["algorithms"]
    assert register is not None and register.published is False


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("    email:", "    emial:", "emial:", "Did you mean “email”?"),
        ("      de: Datenschutz-Stelle", "      de: Stelle #1 der Stadt", "Stelle #1", "ignored"),
        ("      de: Datenschutz-Stelle", "      de: Hinweis: Stelle", "Hinweis:", "second colon"),
        ("      de: Datenschutz-Stelle", '      de: "Stelle', '"Stelle', "not closed"),
        ("      de: Datenschutz-Stelle", "      de: @Stelle", "@Stelle", "Put the text in quotes"),
        ("      de: Datenschutz-Stelle", "      de: *Stelle", "*Stelle", "quotes"),
        (
            "      de: Datenschutz-Stelle",
            "      de: Amt\n      de: Stelle",
            "de: Stelle\n",
            "stands here twice (first in line 22)",
        ),
        ("      de: Datenschutz-Stelle", "\t  de: Datenschutz-Stelle", "\t  de", "begins with a tab"),
        ("      de: Datenschutz-Stelle", "      de:", "      de:\n", "has no text"),
        ("      de: Datenschutz-Stelle", "      dk: Stelle", "dk:", "not a language code"),
        ("    name:\n      de: Datenschutz-Stelle", "    name:\n   de: Datenschutz-Stelle", "   de: Daten", "indented"),
        ("    status: verified", "    status: verifed", "verifed", "Did you mean “verified”?"),
        ("    checked: 2026-11-21", "    checked: 21.11.2026", "21.11", "year-month-day"),
        ("    by: Digital team\nplaces", "places", "data-protection:", "needs checked (a day), by (a team) and source"),
        ("deadline: 1 month", "deadline: soon", "soon", "20 working days"),
        ("published: no", "published: maybe", "maybe", "yes or no"),
        ("kind: library", "kind: librray", "librray", "Did you mean “library”?"),
        ("role: dpo", "role: dop", "dop", "is not a role"),
        ("  timezone: Europe/Berlin\n", "", "city:", "“timezone” is missing"),
        ("  id: testville", "  id: ../etc/passwd", "../etc", "wrong form"),
        ("languages: [de, en]", "languages: [de, en", "[de, en\n", "broken"),
        ("registers:", "responses:\n  x: y\nregisters:", "responses:", "Rasa read this file as training data"),
        ("registers:", "<<<<<<< HEAD\nregisters:", "<<<<", "merged badly"),
        ("review:", "rewiew:", "rewiew", "Did you mean “review”?"),
    ],
)
def test_each_mistake_names_line_and_repair(tmp_path: Path, old: str, new: str, at: str, said: str) -> None:
    assert old in CITY
    edited = CITY.replace(old, new, 1)
    line = edited[: edited.index(at)].count("\n") + 1
    city, problems = read(tmp_path, edited)
    assert city is None
    text = "\n".join(problems)
    assert said in text, text
    lines = [int(problem.split("line ")[1].split(":")[0]) for problem in problems if "line " in problem]
    assert any(abs(found - line) <= 1 for found in lines), text


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"\xff\xfes\x00c\x00", "UTF-8"),
        (CITY.replace("Stelle", "Stra\u00dfe").encode("latin-1"), "UTF-8"),
        (b"just a sentence", "must begin with"),
        (b"- a\n- b\n", "must begin with"),
        (b"a: &x [1]\nb: *x\n", "anchors"),
        (b"x: " + b"y" * 2_100_000, "larger than"),
        (b"schema: 1\ncity: !!python/object:os.system {}\n", "line 2"),
        (b"a: b\n\x07: c\n", "control character"),
    ],
)
def test_files_that_cannot_be_read_get_one_plain_message(tmp_path: Path, raw: bytes, said: str) -> None:
    city, problems = read(tmp_path, raw)
    assert city is None
    assert said in "\n".join(problems)


def test_a_comment_is_welcome_where_no_text_is_cut(tmp_path: Path) -> None:
    city, problems = read(tmp_path, CITY.replace("role: dpo", "role: dpo   # the privacy team"))
    assert city is not None and problems == []
