"""The preview shows more than pages: the help desk, the lines that an answer is written in, the trained model."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from test_preview import Running, copy_of_data, start
from violations import axe

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def shown(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview that no test changes, beside the trained model."""
    folder = tmp_path_factory.mktemp("insight")
    running = start(folder, copy_of_data(folder))
    yield running
    running.stop()


def ask(running: Running, question: str, page: str = "/preview/resident/de/data_access") -> str:
    answer = requests.post(f"{running.address}{page}", data={"question": question}, timeout=60)
    assert answer.status_code == 200
    return answer.text


def model_part(page: str) -> str:
    return page.split('id="model"')[1].split('id="matches"')[0]


def test_the_desk_tab_shows_the_live_desk_page(shown: Running, site: str) -> None:
    frame = re.search(r'<iframe[^>]* src="([^"]+)"', shown.page("/preview/desk/en/data_access"))
    assert frame and frame[1] == "/desk/leipzig/en/t/data_access"
    cards = [
        re.search(r'<article class="card".*?</article>', requests.get(f"{address}{frame[1]}", timeout=20).text, re.S)
        for address in (shown.address, site)
    ]
    assert cards[0] and cards[1] and cards[0][0] == cards[1][0]


def test_the_desk_in_the_frame_works_and_takes_no_focus(shown: Running, open_page) -> None:
    page = open_page(f"{shown.address}/preview/desk/en/start", width=1600)
    frame = page.frame_locator("#frame")
    frame.locator("#search").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    frame.locator("#search").fill("leipzig app")
    frame.locator("#hits a").first.click()
    assert "Leipzig App" in frame.locator(".card h1").inner_text()
    assert page.problems == []


def test_the_lines_of_the_answer_stand_beside_it(shown: Running, open_page) -> None:
    page = open_page(f"{shown.address}/preview/resident/en/cctv_public", width=1600)
    source = page.locator("#source")
    headings = source.locator("h4").all_inner_texts()
    assert headings[0].startswith("cities/leipzig.yml, Zeilen")
    assert any(heading.startswith("topics/cctv_public.yml") for heading in headings)
    files = {name: (shown.data / name).read_text(encoding="utf-8").splitlines() for name in _files(headings)}
    checked = 0
    for number, heading in enumerate(headings):
        lines = files[heading.split(",")[0]]
        for line in source.locator("pre").nth(number).locator(".line:not(.gap)").all():
            place, _, text = line.text_content().partition(" ")
            assert text.rstrip() == lines[int(place) - 1].rstrip()
            checked += 1
    assert checked > 60
    text = source.text_content()
    assert "You can find out who films you" in text and "Sie können erfahren" not in text
    box, frame = source.bounding_box(), page.locator("#frame").bounding_box()
    assert box["x"] > frame["x"] + frame["width"] and abs(box["y"] - frame["y"]) < 2
    assert source.locator("input, textarea, [contenteditable]").count() == 0


def _files(headings: list[str]) -> set[str]:
    return {heading.split(",")[0] for heading in headings}


@pytest.mark.parametrize("width", [320, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(shown: Running, open_page, width: int, scheme: str) -> None:
    page = open_page(f"{shown.address}/preview/desk/en/leipzig__leipzig_app", width=width, color_scheme=scheme)
    page.locator("#question").fill("Is the app of the city safe?")
    page.locator(".ask button").click()
    page.locator("#model").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_an_edit_shows_in_the_lines_and_an_error_is_explained(tmp_path: Path, open_page) -> None:
    running = start(tmp_path, copy_of_data(tmp_path))
    page = open_page(f"{running.address}/preview/resident/en/dpo_contact")
    assert "0341 123-2247" in page.locator("#source").inner_text()
    page.locator("#source").focus()
    running.edit("0341 123-2247", "0341 999-0000")
    page.locator("#source").get_by_text("0341 999-0000").first.wait_for(timeout=15_000)
    assert page.evaluate("document.activeElement.id") == "source"
    running.edit("review:\n", "reviw:\n")
    page.locator("#source").get_by_text("In cities/leipzig.yml ist ein Fehler").first.wait_for(timeout=15_000)
    assert "topics/dpo_contact.yml, Zeilen" in page.locator("#source").inner_text()
    running.stop()


@pytest.mark.parametrize(
    ("question", "decision", "best"),
    [
        ("Wer filmt mich in der Straßenbahn?", "Es würde antworten: Kameras in Straßen", "cctv_public"),
        ("Muss ich die Leipzig-App installieren?", "Es würde antworten: Leipzig-App", "leipzig__leipzig_app"),
        ("Wie backe ich einen Apfelkuchen?", "hier nicht um digitale Rechte", None),
    ],
)
def test_the_model_says_what_it_would_do(shown: Running, question: str, decision: str, best: str | None) -> None:
    part = model_part(ask(shown, question))
    assert decision in part
    confidences = [int(found) for found in re.findall(r'class="confidence">(\d+)\s%', part)]
    assert len(confidences) == 3 and confidences == sorted(confidences, reverse=True)
    assert best is None or f"/preview/resident/de/{best}" in part.split("</li>")[0]


def test_the_model_decides_as_the_assistant_does(shown: Running) -> None:
    question = "Ich will wissen was die Stadt über mich gespeichert hat"
    code = "from rightsdesk.cli import main; main()"
    command = [sys.executable, "-c", code, "ask", question, "--city", "leipzig", "--lang", "de", "--json"]
    reply = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    part = model_part(ask(shown, question))
    assert reply["kind"] == "answer" and f"/preview/resident/de/{reply['topic']}" in part.split("</li>")[0]
    assert f"{round(reply['confidence'] * 100)}\xa0%" in part.split("</li>")[0]


def test_changed_examples_are_pointed_out(shown: Running) -> None:
    """The copy of the data lacks the examples of some languages, so the model has learnt others."""
    assert "make train" in model_part(ask(shown, "Wer filmt mich?"))


def test_without_a_model_only_words_are_matched_and_rasa_is_never_loaded(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.setenv("RIGHTSDESK_MODELS", str(tmp_path / "models"))
    running = start(tmp_path, copy_of_data(tmp_path))
    without = ask(running, "Wer filmt mich in der Straßenbahn?")
    assert 'id="model"' not in without and 'id="matches"' in without
    shutil.copy(model, tmp_path / "models" / model.name)
    assert "Es würde antworten" in model_part(ask(running, "Wer filmt mich in der Straßenbahn?"))
    log = running.stop()
    assert "LOADED ['sanic']" in log
