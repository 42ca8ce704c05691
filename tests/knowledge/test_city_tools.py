"""What city teams use: coverage, new, review, diff, xlsx, translated, migrate, links."""

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from rightsdesk.cli import main
from rightsdesk.knowledge.check import check_data
from rightsdesk.knowledge.library import Shelf
from rightsdesk.knowledge.links import Address, check_links

ROOT = Path(__file__).resolve().parent.parent.parent
Edit = Callable[[str, str, str], Path]
Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the real files with one city and its law: these commands read everything again and again."""
    target = tmp_path / "data"
    shutil.copytree(ROOT / "data", target, ignore=shutil.ignore_patterns("nlu", "translations.yml"))
    kept = {"cities": {"leipzig"}, "laws": {"eea", "eu", "de", "de-sn"}}
    for folder, names in kept.items():
        for path in (target / folder).glob("*.yml"):
            if path.stem not in names:
                path.unlink()
    return target


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("RIGHTSDESK_DATA", str(data))
    monkeypatch.setenv("COLUMNS", "160")

    def command(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=typed)

    return command


def states(run: Run, *arguments: str) -> dict[tuple[str, str], str]:
    cells = json.loads(run("coverage", "--json", *arguments).stdout)
    assert cells
    return {(cell["topic"], cell["language"]): cell["state"] for cell in cells}


def test_coverage_sees_what_is_missing_copied_cut_or_old(run: Run, data: Path, edit: Edit) -> None:
    assert set(states(run, "leipzig", "--language", "de").values()) == {"complete"}
    english = Shelf(data).library().topics["scams"].short["en"]
    german = Shelf(data).library().topics["scams"].short["de"]
    edit("topics/scams.yml", german, english)
    edit("topics/device_repair.yml", "\n  de: ", "\n  x: ")
    text = (data / "topics" / "data_access.yml").read_text(encoding="utf-8")
    (data / "topics" / "data_access.yml").write_text(text.replace("status: verified", "status: draft"), "utf-8")
    found = states(run, "leipzig", "--language", "de")
    assert found["scams", "de"] == "suspicious"
    assert found["data_access", "de"] == "draft"
    assert found["data_erasure", "de"] == "complete"
    later = states(run, "leipzig", "--language", "de", "--today", "2029-01-01")
    assert later["data_erasure", "de"] == "stale"


def test_coverage_speaks_csv_and_html(run: Run, tmp_path: Path) -> None:
    lines = run("coverage", "leipzig", "--csv").stdout.splitlines()
    assert lines[0] == "city,topic,language,state,why"
    assert len(lines) > 80
    page = tmp_path / "coverage.html"
    assert run("coverage", "leipzig", "--html", str(page)).exit_code == 0
    assert '<th scope="row">data_access</th>' in page.read_text(encoding="utf-8")


ANSWERS = ["--name", "Köln", "--country", "de", "--languages", "de, en", "--owner", "Online-Redaktion"]


def test_a_new_city_file_passes_check_and_invents_nothing(run: Run, data: Path) -> None:
    done = run("new", *ANSWERS, "--website", "https://www.koeln.test", "--phone", "", "--email", "")
    assert done.exit_code == 0, done.output
    text = (data / "cities" / "koln.yml").read_text(encoding="utf-8")
    assert "jurisdictions: [eea, eu, de]" in text and "timezone: Europe/Berlin" in text
    assert run("check", "koln").exit_code == 0
    assert Shelf(data).library().localities["koln"].contact_for("dpo")[0] is None  # drafts are not shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["porto/../x"], "cannot be an id"),
        (["leipzig"], "a file for leipzig already"),
        (["--languages", "de, xx"], "“xx” is not a language"),
        (["--country", "XY"], "law pack for XY"),
        (["--website", "http://koeln.test"], "must be an https address"),
    ],
)
def test_new_refuses_with_the_repair(run: Run, data: Path, changed: list[str], said: str) -> None:
    before = sorted((data / "cities").iterdir())
    rest = ["--website", "https://www.koeln.test", "--phone", "", "--email", ""]
    done = run("new", *ANSWERS, *rest, *changed)
    assert done.exit_code == 2 and said in done.output
    assert sorted((data / "cities").iterdir()) == before


def test_review_stamps_one_fact_at_a_time_and_keeps_comments(run: Run, data: Path) -> None:
    path = data / "cities" / "leipzig.yml"
    before = path.read_text(encoding="utf-8").splitlines()
    done = run("review", "leipzig", "--by", "Digital team", "--today", "2028-06-01", typed="y\nq\n")
    assert "read it here:" in done.output, done.output
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [line.strip() for line in after if line not in before]
    assert changed == ["checked: 2028-06-01", "by: Digital team"]
    assert [line for line in before if "#" in line] == [line for line in after if "#" in line]
    assert run("check", "leipzig").exit_code == 0


def test_a_withdrawn_fact_is_no_longer_shown(run: Run, data: Path) -> None:
    first = json.loads(run("review", "leipzig", "--all", "--json").stdout)[0]["entry"]
    section, name = first.split(" › ")
    assert name in getattr(Shelf(data).library().localities["leipzig"], section)
    assert run("review", "leipzig", "--all", typed="d\nq\n").exit_code == 0
    assert name not in getattr(Shelf(data).library().localities["leipzig"], section)


def test_diff_shows_only_what_residents_see_differently(run: Run, data: Path) -> None:
    git = ["git", "-C", str(data), "-c", "user.name=Test", "-c", "user.email=test@city.test"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "before"]):
        subprocess.run([*git, *command], check=True)
    assert "0 differences" in run("diff", "leipzig", "HEAD").output
    path = data / "topics" / "data_access.yml"
    old = Shelf(data).library().topics["data_access"].title["de"]
    path.write_text(path.read_text(encoding="utf-8").replace(old, "Ein neuer Titel", 1), encoding="utf-8")
    done = run("diff", "leipzig", "HEAD", "--language", "de")
    assert done.output.splitlines() == [
        "data_access de › title",
        f"  - {old}",
        "  + Ein neuer Titel",
        "1 differences",
    ]
    wrong = run("diff", "leipzig", "nowhere")
    assert wrong.exit_code == 2 and "no revision “nowhere”" in wrong.output


@pytest.fixture
def sheet(run: Run, tmp_path: Path) -> Path:
    target = tmp_path / "finnish.xlsx"
    done = run("xlsx", "export", str(target), "--language", "fi", "--file", "topics/data_access.yml")
    assert done.exit_code == 0, done.output
    return target


def rewrite(sheet: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> None:
    book = openpyxl.load_workbook(sheet)
    change(book["fi"])
    book.save(sheet)


def row_of(page: openpyxl.worksheet.worksheet.Worksheet, key: str) -> int:
    return next(number for number, cells in enumerate(page.values, 1) if cells[0] == f"topics/data_access.yml#{key}")


def test_a_workbook_comes_back_as_a_small_change(run: Run, data: Path, sheet: Path) -> None:
    path = data / "topics" / "data_access.yml"
    before = path.read_text(encoding="utf-8").splitlines()
    assert run("xlsx", "import", str(sheet)).output == "0 texts changed.\n"
    assert path.read_text(encoding="utf-8").splitlines() == before
    rewrite(sheet, lambda page: page.cell(row_of(page, "title"), 4, "Uusi otsikko"))
    assert run("xlsx", "import", str(sheet)).output == "1 texts changed.\n"
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == ["  fi: Uusi otsikko"]


def test_only_translations_and_notes_are_unlocked(sheet: Path) -> None:
    page = openpyxl.load_workbook(sheet)["fi"]
    assert page.protection.sheet
    assert [cell.protection.locked for cell in page[2]] == [True, True, True, False, True, False]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda page: page.cell(2, 1, "topics/data_access.yml#titel"), "Did you mean"),
        (lambda page: page.cell(2, 4, "=1+1"), "formula"),
        (lambda page: page.cell(2, 2, "00000000"), "changed since the export"),
        (lambda page: page.cell(row_of(page, "steps"), 4, "Pyydä kopio."), "placeholders differ"),
        (lambda page: page.cell(1, 1, "id"), "the columns must be"),
        (lambda page: setattr(page, "title", "Finnisch"), "not named after a language"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_whole(run: Run, data: Path, sheet: Path, change, said: str) -> None:
    rewrite(sheet, lambda page: page.cell(row_of(page, "title"), 4, "Uusi otsikko"))
    rewrite(sheet, change)
    before = {path: path.read_bytes() for path in data.rglob("*.yml")}
    done = run("xlsx", "import", str(sheet))
    assert done.exit_code == 1 and said in done.output and "Nothing was written." in done.output
    assert {path: path.read_bytes() for path in data.rglob("*.yml")} == before


def test_a_file_that_is_no_workbook_is_refused(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "letter.xlsx"
    wrong.write_text("Dear translator", encoding="utf-8")
    done = run("xlsx", "import", str(wrong))
    assert done.exit_code == 1 and "not an Excel workbook" in done.output


def test_a_changed_original_shows_in_every_translation_until_it_is_compared(run: Run, data: Path, edit: Edit) -> None:
    assert run("translated", "de", "topics/data_access.yml").exit_code == 0

    def drifted() -> list[str]:
        return [line.text for line in check_data(data) if "has changed since “de”" in line.text]

    assert drifted() == []
    old = Shelf(data).library().topics["data_access"].title["en"]
    edit("topics/data_access.yml", old, "What they know about me")
    assert len(drifted()) == 1
    run("translated", "de", "topics/data_access.yml")
    assert drifted() == []


def test_migrate_names_the_format_and_keeps_the_rest(run: Run, data: Path) -> None:
    path = data / "topics" / "data_access.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("schema: 1\n", "", 1), encoding="utf-8")
    assert "data_access.yml: brought up to date" in run("migrate").output
    assert sorted(path.read_text(encoding="utf-8").splitlines()) == sorted(text.splitlines())
    path.write_text(text.replace("schema: 1\n", "schema: 9\n", 1), encoding="utf-8")
    done = run("migrate")
    assert done.exit_code == 1 and "newest is 1" in done.output


@pytest.mark.parametrize(
    ("today", "file", "old", "new", "said"),
    [
        ("2026-11-23", "cities/leipzig.yml", "\nsources:", '\ntheme:\n  primary: "#ffee00"\nsources:', "darker colour"),
        (
            "2026-11-23",
            "cities/leipzig.yml",
            "\nsources:",
            "\ntheme:\n  logo: https://x.org/a.svg\nsources:",
            "data/logos",
        ),
        ("2029-01-01", "cities/leipzig.yml", "", "", "the review is overdue"),
        (
            "2026-11-23",
            "topics/data_access.yml",
            "\nshort:\n  en: ",
            "\nshort:\n  en: Pursuant to the law, ",
            "Write: under",
        ),
        (
            "2026-11-23",
            "topics/data_access.yml",
            "\nshort:\n  en: ",
            "\nshort:\n  en: If you write to the city and ask it for all of the many data that it holds about you and "
            "your family then it must send you a copy. ",
            "22 at most",
        ),
    ],
)
def test_check_warns_editors(data: Path, edit: Edit, today: str, file: str, old: str, new: str, said: str) -> None:
    if old:
        edit(file, old, new)
    assert said in "\n".join(str(problem) for problem in check_data(data, today=date.fromisoformat(today)))


class Pages(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response({"/fine": 200, "/moved": 301, "/shy": 403}.get(self.path, 404))
        if self.path == "/moved":
            self.send_header("Location", "/new")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_dead_and_moved_addresses_are_named(data: Path, site: str) -> None:
    path = data / "idrd.yml"
    found = check_links([Address(site + page, path, ("url",)) for page in ("/fine", "/moved", "/gone", "/shy")], 0)
    assert [str(problem).split(site)[1] for problem in found] == [
        "/moved: has moved to /new. Read it there and change the address.",
        "/gone: answers 404. Find the page again, or remove the line.",
    ]


def test_without_the_internet_there_is_one_message(data: Path, site: str) -> None:
    closed = [Address(f"http://127.0.0.1:9/{number}", data / "idrd.yml", ("url",)) for number in range(3)]
    assert [problem.text for problem in check_links(closed, 0)] == [
        "No address can be reached. Is this machine online?"
    ]
