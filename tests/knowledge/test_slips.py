"""Slips of a hurried editor, made on real files: always a message with a repair, never a stack trace, nothing lost."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rightsdesk.knowledge.library import Shelf

ROOT = Path(__file__).resolve().parent.parent.parent
Slip = Callable[[str, random.Random], str]


def lines(change: Callable[[list[str], int], list[str]]) -> Slip:
    def slip(text: str, chance: random.Random) -> str:
        written = text.split("\n")
        number = chance.choice([n for n, line in enumerate(written) if line.strip() and not line.startswith("#") and n])
        return "\n".join(change(written, number))

    return slip


SLIPS: dict[str, Slip] = {
    "a line is deleted": lines(lambda all_, n: all_[:n] + all_[n + 1 :]),
    "a line is doubled": lines(lambda all_, n: [*all_[: n + 1], all_[n], *all_[n + 1 :]]),
    "a line moves down": lines(lambda all_, n: [*all_[:n], *all_[n + 1 : n + 2], all_[n], *all_[n + 2 :]]),
    "a line is indented more": lines(lambda all_, n: [*all_[:n], " " + all_[n], *all_[n + 1 :]]),
    "a line is indented less": lines(lambda all_, n: [*all_[:n], all_[n].lstrip(), *all_[n + 1 :]]),
    "a tab": lines(lambda all_, n: [*all_[:n], "\t" + all_[n].strip(), *all_[n + 1 :]]),
    "a lost colon": lines(lambda all_, n: [*all_[:n], all_[n].replace(":", "", 1), *all_[n + 1 :]]),
    "a second colon": lines(lambda all_, n: [*all_[:n], all_[n] + ": see", *all_[n + 1 :]]),
    "word quotes": lines(lambda all_, n: [*all_[:n], all_[n].replace('"', "”"), *all_[n + 1 :]]),
    "an open quote": lines(lambda all_, n: [*all_[:n], all_[n].replace(": ", ': "', 1), *all_[n + 1 :]]),
    "an at sign first": lines(lambda all_, n: [*all_[:n], all_[n].replace(": ", ": @", 1), *all_[n + 1 :]]),
    "an asterisk first": lines(lambda all_, n: [*all_[:n], all_[n].replace(": ", ": *", 1), *all_[n + 1 :]]),
    "a bracket": lines(lambda all_, n: [*all_[:n], all_[n].replace(": ", ": [", 1), *all_[n + 1 :]]),
    "a comment in a text": lines(lambda all_, n: [*all_[:n], all_[n] + " #1", *all_[n + 1 :]]),
    "a merge conflict": lines(lambda all_, n: [*all_[:n], "<<<<<<< HEAD", all_[n], "=======", *all_[n:]]),
    "the end is cut off": lambda text, chance: text[: chance.randrange(200, len(text))],
    "windows line ends": lambda text, chance: text.replace("\n", "\r\n"),
    "old mac line ends": lambda text, chance: text.replace("\n", "\r"),
    "a wrong name": lines(lambda all_, n: [*all_[:n], all_[n].replace("e", "é", 1), *all_[n + 1 :]]),
    "a number for a text": lines(lambda all_, n: [*all_[:n], all_[n].split(":")[0] + ": 12", *all_[n + 1 :]]),
    "an empty value": lines(lambda all_, n: [*all_[:n], all_[n].split(":")[0] + ":", *all_[n + 1 :]]),
    "nothing is left": lambda text, chance: "",
    "a table was pasted": lines(lambda all_, n: [*all_[:n], "Name\tPhone", *all_[n:]]),
    "html was pasted": lines(lambda all_, n: [*all_[:n], "<p>Text</p>", *all_[n:]]),
    "an invisible character": lines(lambda all_, n: [*all_[:n], all_[n] + "\x07", *all_[n + 1 :]]),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The real files with one city, read once; each test puts back what it broke."""
    folder = tmp_path_factory.mktemp("slips") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("nlu"))
    for other in (folder / "cities").glob("*.yml"):
        if other.stem != "leipzig":
            other.unlink()
    return Shelf(folder, every=0)


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.parametrize("file", ["cities/leipzig.yml", "laws/de.yml", "topics/data_access.yml"])
def test_every_slip_is_survived_and_named(shelf: Shelf, file: str, name: str) -> None:
    topics = set(shelf.library().topics)
    path = shelf.data / file
    good = path.read_text(encoding="utf-8")
    for seed in range(4):
        path.write_text(SLIPS[name](good, random.Random(f"{name} {seed}")), encoding="utf-8", newline="")
        library = shelf.library()
        mine = [problem for problem in library.problems if problem.severity == "error"]
        for problem in mine:
            assert problem.text.endswith((".", "?")) and "Traceback" not in problem.text, problem
            whole = any(word in problem.text for word in ("file", "missing", "exist"))
            assert problem.line or whole, problem
        assert "leipzig" in library.localities and set(library.topics) == topics
        if name in ("a tab", "a merge conflict", "nothing is left", "html was pasted"):
            assert any(problem.file == path for problem in mine), name
    path.write_text(good, encoding="utf-8")
    assert not shelf.library().problems


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("schema: 1\nname: Köln".encode("latin-1"), "UTF-8"),
        ("schema: 1".encode("utf-16"), "UTF-8"),
        (b"a: b\n" * 12_000_000, "larger than"),
        (b"\x00\x01\x02", "UTF-8"),
        (b"- a\n- b\n", "must begin with"),
    ],
    ids=["latin-1", "utf-16", "60 MB", "binary", "a list"],
)
def test_files_of_a_wrong_kind(data: Path, content: bytes, said: str) -> None:
    path = data / "cities" / "leipzig.yml"
    shelf = Shelf(data, every=0)
    path.write_bytes(content)
    library = shelf.library()
    assert any(said in problem.text for problem in library.problems if problem.file == path)
    assert "leipzig" in library.localities


def test_two_files_with_one_id_and_a_path_as_id(data: Path) -> None:
    text = (data / "cities" / "leipzig.yml").read_text(encoding="utf-8")
    (data / "cities" / "zwilling.yml").write_text(text, encoding="utf-8")
    (data / "cities" / "path.yml").write_text(text.replace("id: leipzig", "id: ../leipzig", 1), encoding="utf-8")
    library = Shelf(data).library()
    said = "\n".join(str(problem) for problem in library.problems)
    assert "zwilling.yml: The id “leipzig” is taken" in said
    assert "has the wrong form" in said
    assert library.localities["leipzig"].head.id == "leipzig"
