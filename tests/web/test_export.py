"""`rightsdesk export --html`: the twin of a city in files, the booklet, the cards."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import requests
from violations import axe

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = "https://rights.leipzig.example"
COMMAND = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "export", "--html"]


def export(*arguments: str | Path, data: Path = ROOT / "data") -> subprocess.CompletedProcess:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "RIGHTSDESK_TODAY": "2026-11-23", "RIGHTSDESK_DATA": str(data)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "a folder" / "leipzig"
    done = export("leipzig", folder, "--address", ADDRESS)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "booklet"
    done = export("leipzig", folder, "--booklet", "--address", ADDRESS, "--language", "de")
    assert done.returncode == 0, done.stderr
    return folder


def cards(page: str) -> list[str]:
    """The cards without what only a server can do: feedback and the actions below it."""
    plain = re.sub(r'\s*<div class="after".*?</ul>\s*</div>\s*', "", page, flags=re.S)
    return [
        re.sub(r"\s+</article>", "</article>", card)
        for card in re.findall(r'<article class="card".*?</article>', plain, re.S)
    ]


def test_every_link_of_the_twin_leads_somewhere(twin: Path) -> None:
    files = sorted(twin.rglob("*.html"))
    assert len(files) > 90
    for file in files:
        page = file.read_text(encoding="utf-8")
        links = re.findall(r'(?:href|src)="([^"]+)"', page)
        assert len(links) > 5
        for link in links:
            target = urlsplit(urljoin(file.as_uri(), link))
            if target.scheme != "file":
                assert target.scheme in ("https", "http", "mailto", "tel"), f"{file}: {link}"
                continue
            assert not link.startswith("/"), f"{file}: {link} only works on a server"
            path = Path(unquote(target.path))
            assert path.is_file(), f"{file}: {link}"
            assert twin in path.parents
            if target.fragment:
                assert f'id="{target.fragment}"' in path.read_text(encoding="utf-8")


def test_the_twin_has_all_topics_languages_and_pages_and_no_script(twin: Path, library) -> None:
    topics = set(library.localities["leipzig"].topics)
    assert len(topics) > 40
    for language in ("de", "en"):
        assert {path.stem for path in (twin / language / "t").iterdir()} == topics
        assert {path.name for path in (twin / language).glob("*.html")} == {
            "index.html", "topics.html", "people.html", "privacy.html", "accessibility.html",
        }  # fmt: skip
    for file in twin.rglob("*.html"):
        page = file.read_text(encoding="utf-8")
        assert not re.search(r"<script|<form|<button|<input| on\w+=|style=", page), file
        assert f'lang="{file.relative_to(twin).parts[0] if file.parent != twin else "de"}"' in page


def test_the_cards_of_the_twin_are_the_live_cards(twin: Path, site: str) -> None:
    for language, topic in (("de", "data_access"), ("en", "idrd_events"), ("en", "cctv_public")):
        live = requests.get(f"{site}/leipzig/{language}/t/{topic}", timeout=20).text
        copied = (twin / language / "t" / f"{topic}.html").read_text(encoding="utf-8")
        assert cards(copied) == cards(live) and len(cards(live)) == 1


def test_the_twin_works_from_a_folder_in_a_browser(twin: Path, browser) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 800})
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.goto((twin / "index.html").as_uri())
    notice = page.locator(".notice").inner_text()
    assert "Hier können Sie keine Fragen stellen" in notice and ADDRESS in notice and "23. November 2026" in notice
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="All topics").first.click()
    page.get_by_role("link", name="See the data the city holds on me").click()
    assert page.locator("h1").inner_text() == "See the data the city holds on me"
    assert "You cannot ask questions here" in page.locator("footer").inner_text()
    page.get_by_role("link", name="Start page").click()
    assert page.locator("h1").inner_text() == "Your digital rights"
    page.get_by_role("link", name="Privacy").click()
    assert "It has no forms and no scripts" in page.locator("main").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderBlockEndWidth") == "1px"
    assert all(url.startswith("file:") for url in asked) and len(asked) > 8 and problems == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_exported_pages_have_no_accessibility_violations(twin: Path, paper: Path, browser, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = context.new_page()
    pages = [
        twin / "index.html",
        *(twin / "en" / f"{name}.html" for name in ("topics", "people", "privacy", "t/cctv_public")),
    ]
    for file in [*pages, paper / "booklet.html", paper / "cards.html"]:
        page.goto(file.as_uri())
        assert axe(page) == [], file.name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{file.name} scrolls sideways"
    context.close()


def test_all_languages_on_request(tmp_path: Path, library) -> None:
    done = export("porto", tmp_path / "all", "--all-languages")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "all").iterdir() if path.is_dir()} == set(library.ui)
    assert 'lang="pt"' in (tmp_path / "all" / "index.html").read_text(encoding="utf-8")
    korean = (tmp_path / "all" / "ko" / "t" / "data_access.html").read_text(encoding="utf-8")
    assert '<article class="card" lang="ko"' in korean


def test_one_language_on_request(tmp_path: Path) -> None:
    done = export("leipzig", tmp_path / "one", "--language", "en")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "one" / "index.html").read_text(encoding="utf-8")
    assert 'lang="en"' in page and "English" in page and "Deutsch" not in page
    assert [path.name for path in (tmp_path / "one").iterdir() if path.is_dir()] == ["en"]


def test_a_city_whose_file_is_broken_is_not_exported(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("nlu"))
    (data / "cities" / "leipzig.yml").write_text("schema: [", encoding="utf-8")
    done = export("leipzig", tmp_path / "out", data=data)
    assert done.returncode == 1 and "rightsdesk check leipzig" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    done = export("leipzig", tmp_path)
    assert done.returncode == 2 and "already holds files" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    done = export("leipzig", tmp_path / "mine.txt")
    assert done.returncode == 2 and "is not a folder" in done.stderr
    assert (tmp_path / "mine.txt").read_text() == "precious"


def test_an_empty_folder_is_used_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "empty"
    target.mkdir()
    assert export("glasgow", target).returncode == 0
    assert (target / "index.html").is_file() and (target / "en" / "t").is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    from rightsdesk.web import folder

    with pytest.raises(folder.Refused, match="cannot be written"):
        folder.write(tmp_path / "out", {"a.html": "fine", "a.html/b.html": "a file is no folder"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leipzg"], "Did you mean “leipzig”?"),
        (["leipzig", "--language", "xx"], "no language “xx”|not a language here"),
        (["leipzig", "--language", "de", "--all-languages"], "not both"),
        (["leipzig", "--booklet", "--all-languages"], "one language"),
        (["leipzig", "--address", "rights.example"], "Write it like https://"),
        (["leipzig", "--address", "https://a.example/?x=1"], "Write it like https://"),
    ],
)
def test_wrong_use_is_explained(tmp_path: Path, arguments: list[str], said: str) -> None:
    city, *options = arguments
    done = export(city, tmp_path / "out", *options)
    assert done.returncode == 2 and re.search(said, done.stderr) and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_booklet_holds_every_topic_and_letter_once(paper: Path, library) -> None:
    page = (paper / "booklet.html").read_text(encoding="utf-8")
    topics = [name for name in library.localities["leipzig"].topics if name not in ("request_followup", "make_letter")]
    contents = page.partition('class="contents"')[2].partition("</nav>")[0]
    assert re.findall(r'href="#(\w+)"', contents)[:-1] == re.findall(r'<h3 id="(\w+)" class="answer-heading"', page)
    assert sorted(re.findall(r'<h3 id="(\w+)" class="answer-heading"', page)) == sorted(topics) and len(topics) > 35
    letters = re.findall(r'<h3 id="(letter-\w+)"', page)
    assert len(letters) == len(set(letters)) >= 5
    for link in re.findall(r'href="#([\w-]+)"', page):
        assert page.count(f'id="{link}"') == 1
    assert "<script" not in page and "<form" not in page and "<details" not in page


def test_the_booklet_prints_on_a4(paper: Path, browser, tmp_path: Path) -> None:
    page = browser.new_page()
    for file, fewest, most in (("booklet.html", 30, 90), ("cards.html", 6, 6)):
        page.goto((paper / file).as_uri())
        printed = page.pdf(prefer_css_page_size=True, tagged=True)
        assert printed.startswith(b"%PDF") and b"StructTreeRoot" in printed
        assert fewest <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= most
        sizes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", printed)}
        assert all(abs(right - 595) < 1 and abs(top - 842) < 1 for _, _, right, top in sizes) and sizes
    page.context.close()


def test_codes_lead_to_the_answers(paper: Path, browser) -> None:
    """Chromium on Linux cannot read codes, so the module pattern is compared with that of the address wanted."""
    import segno

    page = browser.new_page()
    page.goto((paper / "cards.html").as_uri())
    found = page.locator(".qr-card")
    assert found.count() == 43  # 42 shared ones and the Leipzig app
    assert page.locator(".sheet").count() == 6
    for number in (0, 17, 41):
        link = found.nth(number).locator("a").get_attribute("href")
        assert re.fullmatch(rf"{ADDRESS}/leipzig/de/t/\w+", link)
        wanted = segno.make(link, error="m", micro=False).svg_inline(omitsize=True)
        path = re.search(r' d="([^"]+)"', wanted)
        assert path and path[1] in found.nth(number).locator("svg").evaluate("code => code.outerHTML")
        assert found.nth(number).locator("svg").get_attribute("role") == "img"
        assert found.nth(number).locator("h2").inner_text() == found.nth(number).locator("svg title").text_content()
    page.emulate_media(media="print")
    assert found.first.locator("svg").bounding_box()["width"] / 96 * 25.4 >= 30
    page.context.close()


def test_without_an_address_there_are_no_cards_and_it_says_so(tmp_path: Path) -> None:
    done = export("leipzig", tmp_path / "paper", "--booklet")
    assert done.returncode == 0 and "--address" in done.stdout
    assert sorted(path.name for path in (tmp_path / "paper").iterdir()) == [
        "booklet.html", "icon.svg", "print.css", "style.css",
    ]  # fmt: skip
