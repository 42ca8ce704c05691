"""Saving a file changes answers without a restart; a broken save keeps the last good state."""

from collections.abc import Callable
from pathlib import Path

from rightsdesk.knowledge.library import Shelf

Edit = Callable[[str, str, str], Path]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_saved_file_is_taken_over_at_the_next_look(data: Path, edit: Edit) -> None:
    clock = Clock()
    shelf = Shelf(data, every=1.0, clock=clock)
    title = shelf.library().topics["data_access"].title["en"]
    edit("topics/data_access.yml", title, "What they know about me")
    clock.now = 0.5
    assert shelf.library().topics["data_access"].title["en"] == title
    clock.now = 1.1
    assert shelf.library().topics["data_access"].title["en"] == "What they know about me"


def test_a_broken_save_keeps_the_last_good_state_and_says_what_is_wrong(data: Path, edit: Edit) -> None:
    shelf = Shelf(data, every=0)
    path = edit("cities/leipzig.yml", "review:", "rewiew:")
    library = shelf.library()
    assert "leipzig" in library.localities
    problems = [problem for problem in library.problems if problem.file == path]
    assert any(problem.line and "Did you mean “review”?" in problem.text for problem in problems)
    path.write_text(path.read_text(encoding="utf-8").replace("rewiew:", "review:"), encoding="utf-8")
    assert not [problem for problem in shelf.library().problems if problem.file == path]


def test_a_removed_file_takes_its_answers_with_it(data: Path) -> None:
    shelf = Shelf(data, every=0)
    assert "helsinki" in shelf.library().localities
    (data / "cities" / "helsinki.yml").unlink()
    assert "helsinki" not in shelf.library().localities
