"""Measures what a thousand cities cost: the time to read their files, and an answer beside one where there are few.

The thousand files are copies of the real ones under ids of their own. Prints figures; judges nothing.
"""

import re
import shutil
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from rightsdesk.answers.dialogue import Dialogue, State, Turn
from rightsdesk.knowledge.library import Library, Shelf

DATA = Path(__file__).resolve().parent.parent / "data"
CITIES = 1000
ANSWERS = 500


def main() -> None:
    """Read the real data folder and one with a thousand cities; answer the same question in both."""
    with tempfile.TemporaryDirectory() as folder:
        size = copy_cities(Path(folder))
        few = Shelf(DATA).library()
        begun = time.process_time()
        many = Shelf(Path(folder)).library()
        seconds = time.process_time() - begun
    print(f"{len(many.cities)} cities ({size / 1e6:.0f} MB) read  {seconds:6.1f} s of the processor")
    alone, among = answer_time(few), answer_time(many)
    print(f"an answer among {len(few.cities)} cities        {alone:6.2f} ms")
    print(f"an answer among {len(many.cities)} cities      {among:6.2f} ms  ({among / alone:.2f} ×)")


def copy_cities(folder: Path) -> int:
    """Write a data folder with many cities and return the bytes of their files."""
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("nlu", "cities"), dirs_exist_ok=True)
    (folder / "cities").mkdir()
    real = sorted((DATA / "cities").glob("*.yml"))
    written = 0
    for number in range(CITIES):
        original = real[number % len(real)]
        name = original.stem if number < len(real) else f"{original.stem}-{number}"
        text = original.read_text(encoding="utf-8")
        text = re.sub(rf"(\n  id: ){original.stem}\b", rf"\g<1>{name}", text, count=1)
        written += (folder / "cities" / f"{name}.yml").write_text(text, encoding="utf-8")
    return written


def answer_time(library: Library) -> float:
    """Return the median time of one composed answer in milliseconds."""
    dialogue = Dialogue(library, date(2026, 11, 23))
    turn = Turn(text="what do you know about me", intent="data_access", page_city="leipzig", page_language="en")
    times = []
    for _ in range(ANSWERS):
        begun = time.perf_counter()
        dialogue.respond(turn, State())
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
