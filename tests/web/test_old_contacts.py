"""Years after anybody looked, pages still stand: old contacts are named without their details."""

from datetime import date

from rightsdesk.knowledge.library import Library
from rightsdesk.web import pages


def test_pages_with_old_contacts_still_stand(library: Library) -> None:
    for day, old in ((date(2026, 11, 23), False), (date(2030, 1, 1), True)):
        where = pages.PageLocale(library, "leipzig", "en", day)
        for path in ("people", "t/data_access", "accessibility"):
            page = pages.at(where, path)
            assert page and ("Please confirm it by phone first" in page) == old
            assert path != "people" or ("tel:" in page) != old
