"""The page about understanding: its figures on questions made up for it, and the whole command on the real model."""

import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rightsdesk.understanding.evaluation import Outcome
from rightsdesk.understanding.examples import GoldenQuestion
from rightsdesk.understanding.ranker import OUT_OF_SCOPE, UNCLEAR, Ranker, Ranking, Thresholds
from rightsdesk.understanding.report.measures import BARS, Bar, Share, calibration, calibration_error, confusions
from rightsdesk.understanding.report.page import page

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(9, 10, 0.596, 0.982), (0, 20, 0.0, 0.161), (20, 20, 0.839, 1.0), (81, 263, 0.255, 0.366)],
)  # Wilson's intervals as published in tables
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    share = Share(hits, of)
    assert (share.low, share.high) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_nothing_measured_is_nothing_known() -> None:
    assert (Share(0, 0).low, Share(0, 0).high) == (0.0, 1.0)
    assert Bar("any", 0.9, True).verdict(Share(0, 0)) == ""


@pytest.mark.parametrize(
    ("bar", "share", "verdict"),
    [
        (Bar("right", 0.9, True), Share(990, 1000), "holds"),
        (Bar("right", 0.9, True), Share(91, 100), "holds, but close"),
        (Bar("right", 0.9, True), Share(89, 100), "missed, but close"),
        (Bar("right", 0.9, True), Share(500, 1000), "missed"),
        (Bar("wrong", 0.05, False), Share(1, 1000), "holds"),
        (Bar("wrong", 0.05, False), Share(300, 1000), "missed"),
    ],
)
def test_a_verdict_says_when_chance_may_have_decided(bar: Bar, share: Share, verdict: str) -> None:
    assert bar.verdict(share) == verdict


def test_calibration_sorts_by_confidence_and_leaves_out_empty_bins() -> None:
    found = calibration([(0.05, False), (0.15, True), (0.95, True), (1.0, True)], bins=5)
    assert [(round(item.confidence, 3), item.right) for item in found] == [(0.1, Share(1, 2)), (0.975, Share(2, 2))]


def test_honest_confidence_has_no_error_and_boasting_has() -> None:
    honest = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]
    boasting = [(0.9, False), (0.9, False)]
    assert calibration_error(calibration(honest, 5)) == pytest.approx(0)
    assert calibration_error(calibration(boasting, 5)) == pytest.approx(0.9)


def test_confusions_count_what_failed_and_leave_out_what_helped() -> None:
    def became(topic: str, intent: str, *offered: str) -> Outcome:
        return Outcome(GoldenQuestion("text", topic, "en", "direct"), intent, intent, offered, "en")

    outcomes = [
        became("scams", "data_breach"), became("scams", "data_breach"), became("scams", "scams"),
        became("cctv_public", UNCLEAR, "cctv_public"), became("cctv_public", UNCLEAR, "scams"),
        became(OUT_OF_SCOPE, UNCLEAR), became(OUT_OF_SCOPE, "scams"), became(OUT_OF_SCOPE, OUT_OF_SCOPE),
    ]  # fmt: skip
    assert [(pair.expected, pair.got, len(pair.items)) for pair in confusions(outcomes)] == [
        ("scams", "data_breach", 2), ("cctv_public", UNCLEAR, 1), (OUT_OF_SCOPE, "scams", 1),
    ]  # fmt: skip


class Page(HTMLParser):
    """Collects the headings, the languages of quoted questions, and anything that would be fetched or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str | None] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "q":
            self.asked.append(dict(attrs)["lang"])
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "data") and value]


class Parrot(Ranker):
    """Is sure of the topic that the question names."""

    def rank(self, text: str, expected: str | None = None, city: str | None = None, follow_ups: bool = True) -> Ranking:
        order = [(text.split()[0], 0.9), ("other", 0.05), (OUT_OF_SCOPE, 0.05)]
        return Ranking(order[0][0], 0.9, order, expected)


def test_the_page_reports_one_half_and_escapes_questions() -> None:
    texts = ["scams put by six", "data_breach <b>&", "scams kept back", "scams fine"]
    questions = [GoldenQuestion(text, "scams", "en", "direct") for text in texts]
    ranker = Parrot(None, {}, {"en": Thresholds()})  # type: ignore[arg-type]
    text = page(ranker, questions, date(2026, 11, 23))
    assert "with 2 golden questions" in text
    assert "put by" not in text and "kept back" not in text  # they choose thresholds
    assert "data_breach &lt;b&gt;&amp;" in text and "scams fine" not in text
    assert text.count("50.0 %") >= 3


def test_the_command_writes_a_page_that_stands_alone(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    done = evaluate("--html", str(path), "--language", "de", "--language", "en")
    assert done.returncode == 0, done.stderr
    text = path.read_text(encoding="utf-8")
    found = Page(text)
    assert "Measured on 2026-11-23" in text and "in 2 languages" in text
    for bar in BARS:
        assert text.count(bar.title) >= 2
    assert {"de", "en"} >= set(found.asked) and found.asked
    assert found.tags.count("figure") == 3
    assert "script" not in found.tags
    assert found.fetched and all(target.startswith("#") for target in found.fetched)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--html", "page.html", "--language", "xx"], "no golden questions in “xx”, only in ca, de, en"),
        (["--html", "nowhere/page.html", "--language", "de"], "nowhere/page.html cannot be written"),
        (["--html", "page.html", "--json"], "Choose --html or --json"),
    ],
)
def test_what_cannot_be_written_is_explained(model: Path, arguments: list[str], said: str) -> None:
    done = evaluate(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def evaluate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "evaluate", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
