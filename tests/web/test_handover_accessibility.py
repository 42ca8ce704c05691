"""The handover with questions to take along is accessible in every look, and fits narrow screens and paper."""

import pytest
from journey import ENGLISH, ask
from violations import axe

LOOKS = [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_handover_is_accessible(open_page, site: str, look: dict, language: str) -> None:
    page = open_page(f"{site}/barcelona/{language}/", width=320, height=640, **look)
    ask(page, ENGLISH.question)
    ask(page, "can I talk to a person please")
    assert page.locator(".mine button").is_visible() and page.locator(".open-now").first.is_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".mine button").bounding_box()["height"] >= 44
    page.emulate_media(media="print")
    assert page.locator(".mine li").is_visible() and page.locator(".mine button").is_hidden()
