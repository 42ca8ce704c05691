"""The schemas that editors use are up to date and accept the real files as YAML reads them."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from rightsdesk.knowledge.reference import reference
from rightsdesk.knowledge.schema import SCHEMAS, text

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = {"city": "cities", "law": "laws", "topic": "topics", "letter": "letters", "ui": "ui"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_repository_are_the_generated_ones(name: str) -> None:
    written = (ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert written == text(name), "run “rightsdesk schema”"


@pytest.mark.parametrize("name", FOLDERS)
def test_the_real_files_fit(name: str) -> None:
    schema = yaml.safe_load(text(name))
    files = sorted((ROOT / "data" / FOLDERS[name]).glob("*.yml"))
    assert files
    for path in files:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        errors = [
            error
            for error in jsonschema.Draft7Validator(schema).iter_errors(content)
            if "is not of type 'integer'" not in error.message
            and "1 was expected" not in error.message
            and error.validator not in ("type", "const")
        ]
        assert not errors, f"{path.name}: {errors[0].message} at {list(errors[0].absolute_path)}"


def test_a_misspelt_field_is_seen_by_an_editor() -> None:
    city = yaml.load((ROOT / "data" / "cities" / "leipzig.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    first = next(iter(city["contacts"].values()))
    first["emial"] = first.pop("name")
    messages = [error.message for error in jsonschema.Draft7Validator(yaml.safe_load(text("city"))).iter_errors(city)]
    assert any("emial" in message for message in messages)


def test_the_reference_of_the_format_is_the_generated_one() -> None:
    assert (ROOT / "docs" / "format.md").read_text(encoding="utf-8") == reference(), "run “rightsdesk schema”"
