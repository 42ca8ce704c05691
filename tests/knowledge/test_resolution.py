"""The nearer entry replaces the farther one whole; drafts never arrive; packs that do not fit are named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rightsdesk.knowledge.library import Library, Shelf

Edit = Callable[[str, str, str], Path]


def library_of(data: Path) -> Library:
    return Shelf(data, every=0).library()


def test_a_nearer_contact_takes_the_role(library: Library) -> None:
    leipzig, _ = library.place("leipzig").contact_for("data_protection")
    helsinki, _ = library.place("helsinki").contact_for("data_protection")
    assert leipzig and "Sächsische" in leipzig.name["de"]
    assert helsinki and "Tietosuoja" in helsinki.name["fi"]


def test_an_entry_is_never_mixed(data: Path) -> None:
    path = data / "cities" / "leipzig.yml"
    text = path.read_text(encoding="utf-8")
    own = "laws:\n  access:\n    name:\n      de: Eigene Regel\n    source: gdpr\n    status: unconfirmed\n"
    path.write_text(text.replace("\nlaws:\n", f"\n{own}", 1) if "\nlaws:\n" in text else text + own, encoding="utf-8")
    law = library_of(data).place("leipzig").laws["access"]
    assert law.name == {"de": "Eigene Regel"}
    assert law.deadline is None and law.url is None and law.facets == {}


def test_an_entry_without_value_removes_the_farther_one(data: Path) -> None:
    path = data / "cities" / "leipzig.yml"
    text = path.read_text(encoding="utf-8")
    own = "laws:\n  access:\n"
    path.write_text(text.replace("\nlaws:\n", f"\n{own}", 1) if "\nlaws:\n" in text else text + own, encoding="utf-8")
    assert "access" not in library_of(data).place("leipzig").laws


def test_drafts_never_reach_residents(library: Library) -> None:
    drafts = 0
    for city_id, city in library.cities.items():
        place = library.place(city_id)
        for section in ("contacts", "places", "laws", "registers", "technologies", "events", "referrals"):
            for name, entry in getattr(city, section).items():
                if entry and entry.status == "draft":
                    drafts += 1
                    assert getattr(place, section).get(name) is not entry
    assert drafts, "no draft in any city file: this test would prove nothing"


def test_a_missing_pack_keeps_the_last_good_city_and_is_named(data: Path, edit: Edit) -> None:
    shelf = Shelf(data, every=0)
    before = shelf.library().place("leipzig")
    edit("cities/leipzig.yml", "de-sn]", "de-sx]")
    library = shelf.library()
    assert library.place("leipzig") is before
    assert any("de-sx" in problem.text and "Did you mean “de-sn”?" in problem.text for problem in library.problems)


def test_a_city_whose_packs_are_missing_from_the_start_is_not_served(data: Path, edit: Edit) -> None:
    edit("cities/leipzig.yml", "de-sn]", "de-sx]")
    library = library_of(data)
    assert "leipzig" not in library.localities
    assert "helsinki" in library.localities


def test_packs_in_a_circle_are_named(data: Path, edit: Edit) -> None:
    edit("laws/eu.yml", "parent: eea", "parent: de-sn")
    problems = [problem.text for problem in library_of(data).problems]
    assert any("in a circle" in text and "de-sn" in text for text in problems)


def test_two_cities_of_one_id_are_named_and_the_first_serves(data: Path) -> None:
    twin = data / "cities" / "twin.yml"
    twin.write_text((data / "cities" / "leipzig.yml").read_text(encoding="utf-8"), encoding="utf-8")
    library = library_of(data)
    assert any("is taken" in problem.text for problem in library.problems)
    assert "leipzig" in library.localities


def test_the_dpo_falls_back_to_the_front_desk(data: Path, library: Library) -> None:
    place = library.place("leipzig")
    without = {name: contact for name, contact in place.contacts.items() if contact.role != "dpo"}
    assert len(without) < len(place.contacts)
    from dataclasses import replace

    contact, stands_in = replace(place, contacts=without).contact_for("dpo")
    assert stands_in and contact and contact.role == "front_desk"


@pytest.mark.parametrize("city", ["leipzig", "helsinki", "bordeaux"])
def test_every_city_says_whom_to_call_in_danger(library: Library, city: str) -> None:
    phones = [danger.phone for danger in library.place(city).emergency.values()]
    assert phones[0] == "112"
