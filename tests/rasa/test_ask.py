"""`rightsdesk ask --batch` on real questions and on garbage."""

import json
from pathlib import Path

import jsonschema

from rightsdesk.rasa.batch import ask_file

SCHEMA = json.loads((Path(__file__).resolve().parent.parent.parent / "docs" / "reply.schema.json").read_text())


def run(assistant, tmp_path: Path, lines: list[str | bytes]) -> list[dict]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    ask_file(assistant, source, target)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(lines)
    for row in rows:
        jsonschema.Draft7Validator(SCHEMA).validate(row)
        assert {"id", "conversation", "question"} <= set(row)
    return rows


def line(**item: object) -> str:
    return json.dumps(item, ensure_ascii=False)


def test_a_conversation_goes_on_from_line_to_line(assistant, tmp_path: Path) -> None:
    rows = run(
        assistant,
        tmp_path,
        [
            line(text="wer filmt mich in der straßenbahn", city="leipzig", lang="de", conversation="a", id=7),
            line(text="what does the city know about me", conversation="b", lang="en"),
            line(text="und wie lange heben die das auf?", conversation="a"),
            line(payload='/data_access{"facet": "cost"}', conversation="b"),
        ],
    )
    assert [row["conversation"] for row in rows] == ["a", "b", "a", "b"]
    assert rows[0]["id"] == 7 and rows[0]["question"] == "wer filmt mich in der straßenbahn"
    assert rows[0]["topic"] == "cctv_public" and rows[0]["city"] == "leipzig"
    assert rows[2]["city"] == "leipzig", "the city persists in the conversation"
    assert rows[1]["city"] is None
    assert (rows[3]["topic"], rows[3]["facet"]) == ("data_access", "cost")


def test_garbage_is_reported_with_its_line_and_the_rest_is_answered(assistant, tmp_path: Path) -> None:
    rows = run(
        assistant,
        tmp_path,
        [
            b"\xff\xfe\x00 not text",
            "{broken",
            "[]",
            '"text"',
            "",
            line(text=5),
            line(city="leipzig"),
            line(text="x" * 70_000),
            line(text="hi", city=["leipzig"]),
            "[" * 5_000,
            line(text="I want to see my file at the housing office", city="atlantis", lang="zz"),
        ],
    )
    for number, row in enumerate(rows[:10], 1):
        assert row["kind"] == "error", row
        assert row["line"] == number and f"Line {number}" in row["text"]
    assert rows[10]["topic"] == "data_access"
