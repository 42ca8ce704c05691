"""`rightsdesk check`: everything that is wrong in the knowledge files, with line and repair.

The checks look at one thing each and stand in `text_checks` and `fact_checks`; this module puts them in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rightsdesk.knowledge import fact_checks, freshness, text_checks, translations
from rightsdesk.knowledge.checked_file import Check, CheckedFile
from rightsdesk.knowledge.fields import Period
from rightsdesk.knowledge.library import Library, Shelf, knowledge_files, read_file
from rightsdesk.knowledge.models import City, Contact, Law, Place, Record
from rightsdesk.knowledge.problems import Problem, did_you_mean
from rightsdesk.knowledge.walking import records

CHECKS: tuple[Check, ...] = (
    fact_checks.topics,
    fact_checks.references,
    fact_checks.guided_paths,
    fact_checks.source_names,
    fact_checks.addresses,
    fact_checks.unconfirmed_only_for_law,
    fact_checks.listed_for_review,
    fact_checks.theme,
    text_checks.placeholders_agree,
    text_checks.city_languages,
    text_checks.nothing_unfinished,
    text_checks.interface_words,
    text_checks.plain_language,
)


def check_data(
    data: Path,
    cities: tuple[str, ...] = (),
    publish: bool = False,
    today: date | None = None,
    library: Library | None = None,
) -> list[Problem]:
    """Check the knowledge files of a data folder.

    Args:
        data: the folder.
        cities: only these city files; all files when empty.
        publish: also fail on placeholders and on what residents must not miss.
        today: the day to look from.
        library: the knowledge of that folder, if it has been read already.

    Returns:
        What was found, by file and line.

    Raises:
        ValueError: a city named has no file.
    """
    today = today or date.today()
    library = library or Shelf(data).library()
    paths = _paths(data, cities)
    found = [
        problem for problem in library.problems if problem.file in paths or problem.file.stem in cities or not cities
    ]
    for path in paths:
        model, _ = read_file(path)
        if model is None:
            continue
        file = CheckedFile(path, model, library)
        for check in CHECKS:
            found += check(file)
        found += _out_of_date(file, today)
        if publish:
            found += _ready_to_publish(file)
    found += translations.drifted(data, paths)
    if not cities:
        found += text_checks.shared_sentences(library, data)
    return sorted(set(found), key=lambda problem: (str(problem.file), problem.line or 0, problem.text))


def review_period(record: Record, city: City | None) -> Period:
    """Return how long a fact counts as fresh: as the city's `review` says, else 12 months.

    Args:
        record: the fact.
        city: the city whose file holds it; None for shared files and law packs.
    """
    if city is None:
        return freshness.NO_REVIEW
    if isinstance(record, (Contact, Place)):
        return city.review.contacts
    return city.review.laws if isinstance(record, Law) else city.review.answers


def _paths(data: Path, cities: tuple[str, ...]) -> list[Path]:
    paths = knowledge_files(data)
    if not cities:
        return paths
    known = {path.stem: path for path in paths if path.parent.name == "cities"}
    for city in cities:
        if city not in known:
            raise ValueError(f"There is no city file “{city}”.{did_you_mean(city, list(known))}")
    return [known[city] for city in cities]


def _out_of_date(file: CheckedFile, today: date) -> Iterator[Problem]:
    city = file.model if isinstance(file.model, City) else None
    for key, record in records(file.model):
        state = freshness.state(record.checked, review_period(record, city), today)
        if state in ("due", "overdue") and record.public:
            text = f"Checked on {record.checked}; the review is {state}. Read the source again: rightsdesk review."
            yield file.at((*key, "checked"), text, "warning")
    for name, event in city.events.items() if city else []:
        end = (event.end or event.start) if event else None
        if event and end and end < today and not event.edition:
            yield file.at(("events", name), "This event is over. Remove it, or give it its edition.", "warning")


def _ready_to_publish(file: CheckedFile) -> Iterator[Problem]:
    for problem in text_checks.nothing_unfinished(file):
        yield Problem(problem.file, problem.line, problem.text)
    if not isinstance(file.model, City):
        return
    locality = file.library.localities.get(file.model.city.id)
    for role in ("dpo", "front_desk"):
        if locality and locality.contact_for(role)[0] is None:
            yield file.at(("contacts",), f"Residents need a verified contact with role “{role}”.")
    if locality and not locality.emergency:
        yield file.at(("emergency",), "Residents need an emergency number, here or in the law pack.")
