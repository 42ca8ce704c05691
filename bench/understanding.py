"""Compares our understanding with Rasa's own pipelines and with keyword search, on the same examples and questions.

English, 40 examples for each of the 42 topics and for `out_of_scope`, asked the English golden questions; every system
trains and answers in a process of its own. `--full` adds Rasa's default pipeline (a quarter of an hour or more; kept in
build/bench and trained again when the examples change) and the growth with examples and languages, and renews
bench/results/understanding.json and the tables and the curve of docs/understanding.md. Prints figures; judges nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from pathlib import Path

import growth
from common_task import ROOT, golden, quality, subset
from rich.console import Console
from rich.table import Table
from systems import SYSTEMS, run

from rightsdesk.understanding.examples import Example, GoldenQuestion, read_examples

RESULTS = ROOT / "bench" / "results" / "understanding.json"
PAGE = ROOT / "docs" / "understanding.md"
CURVE = ROOT / "docs" / "understanding-growth.svg"
PER_TOPIC = 40
LONG = ("diet",)
KEPT = ROOT / "build" / "bench"


def compare(examples: list[Example], names: list[str]) -> list[dict]:
    """Measure systems on the common subset."""
    chosen, questions = subset(examples, "en", PER_TOPIC), golden("en")
    return [measure(name, chosen, questions) for name in names]


def measure(name: str, examples: list[Example], questions: list[GoldenQuestion]) -> dict:
    """Train and ask one system; return its figures."""
    with tempfile.TemporaryDirectory() as passing:
        folder = KEPT / name if name in LONG else Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        trained, asked = run(name, examples, [question.text for question in questions], folder)
    orders = asked.pop("orders")
    return {"system": SYSTEMS[name].title, **quality(questions, orders), **trained, **asked}


def comparison_table(rows: list[dict]) -> Table:
    """Lay out a comparison."""
    headings = ("System", "First right %", "Among three %", "False accepts %", "Training s (CPU)")
    table = Table(
        *headings,
        "p50 / p95 ms (CPU)",
        "Memory MB training",
        "asking",
        "Model MB",
        title="The same examples and questions",
    )
    for row in rows:
        shares = (f"{100 * row[key]:.1f}" for key in ("first", "among_three", "false_accepts"))
        training = f"{row['seconds']:.1f} ({row['cpu_seconds']:.1f})"
        speed = f"{row['p50_ms']:.1f} / {row['p95_ms']:.1f} ({row['cpu_ms']:.1f})"
        memory = (str(row["training_mb"]), str(row["serving_mb"]), f"{row['model_mb']:.1f}")
        table.add_row(row["system"], *shares, training, speed, *memory)
    return table


def markdown(table: Table) -> str:
    """Write a table as Markdown."""
    columns = [[str(column.header), *column.cells] for column in table.columns]
    rows = [f"| {' | '.join(map(str, cells))} |" for cells in zip(*columns, strict=True)]
    return "\n".join([rows[0], "|" + "---|" * len(columns), *rows[1:]])


def renew_page(tables: dict[str, Table]) -> None:
    """Put tables into the page, each between its own marks."""
    text = PAGE.read_text(encoding="utf-8")
    for name, table in tables.items():
        marked = rf"(<!-- {name} -->\n).*?(\n<!-- end -->)"
        text = re.sub(marked, lambda found, table=table: found[1] + markdown(table) + found[2], text, flags=re.DOTALL)
    PAGE.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, print, and with `--full` write the results."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--full", action="store_true", help="also the long parts; renews results and page")
    options.add_argument("--only", action="append", choices=list(SYSTEMS), help="compare only these; writes nothing")
    given = options.parse_args()
    console = Console(width=160)
    examples = read_examples(ROOT / "data")
    names = given.only or [name for name in SYSTEMS if given.full or name not in LONG]
    results = {"comparison": compare(examples, names)}
    tables = {"comparison": comparison_table(results["comparison"])}
    console.print(tables["comparison"])
    if not given.full or given.only:
        return
    results["examples"] = growth.with_examples(examples)
    results["languages"] = growth.with_languages(examples)
    tables["examples"] = growth.examples_table(results["examples"])
    tables["languages"] = growth.languages_table(results["languages"])
    console.print(tables["examples"], tables["languages"])
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    CURVE.write_text(growth.curve(results["examples"]), encoding="utf-8")
    renew_page(tables)


if __name__ == "__main__":
    main()
