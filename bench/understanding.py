"""Compares our understanding with Rasa's own pipelines and with keyword search, on the same examples and questions.

English, 40 examples for each of the 42 topics and for `out_of_scope`, asked the English golden questions; every system
trains and answers in a process of its own. `--full` adds Rasa's default pipeline (a quarter of an hour) and the growth
with examples and languages, and writes bench/results/understanding.json, docs/understanding-*.svg and the tables of
docs/understanding.md. Prints figures; judges nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from systems import SYSTEMS, Order, run

from rightsdesk.understanding.examples import Example, GoldenQuestion, read_examples, read_golden

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "understanding.json"
OUT_OF_SCOPE = "out_of_scope"
NOT_ASKED_AS_TOPIC = {"make_letter", "request_followup"}  # they have a card, but belong to the conversation
PER_TOPIC = 40
KEPT = 0.95  # share of the questions in scope that must still be answered
LONG = ("diet",)


def topics() -> set[str]:
    """Name what is measured: the topics, and what is not ours."""
    return {path.stem for path in (ROOT / "data" / "topics").glob("*.yml")} - NOT_ASKED_AS_TOPIC | {OUT_OF_SCOPE}


def subset(examples: list[Example], language: str, most: int | None) -> list[Example]:
    """Choose examples of each topic in one language, evenly spread over its list; all of them without `most`."""
    wanted = topics()
    by_topic: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if example.language == language and example.intent in wanted:
            by_topic[example.intent].append(example)
    return [item for _, mine in sorted(by_topic.items()) for item in spread(mine, most or len(mine))]


def spread(items: list[Example], most: int) -> list[Example]:
    """Pick so many items at even distances."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]


def golden(language: str) -> list[GoldenQuestion]:
    """Read the golden questions of one language about the measured topics."""
    wanted = topics()
    everything = read_golden(ROOT / "tests" / "golden")
    return [item for item in everything if item.language == language and item.topic in wanted]


def quality(questions: list[GoldenQuestion], orders: list[Order]) -> dict:
    """Count how often the first topic is right, one of three is, and what of the rest is taken for ours.

    The bar for false accepts is the same for every system: the lead of the best topic over `out_of_scope` that 95 %
    of the questions in scope reach.
    """
    first = offered = 0
    ours, others = [], []
    for question, order in zip(questions, orders, strict=True):
        named = [(intent, score) for intent, score in order if intent != OUT_OF_SCOPE]
        lead = (named[0][1] if named else 0.0) - dict(order).get(OUT_OF_SCOPE, 0.0)
        if question.topic == OUT_OF_SCOPE:
            others.append(lead)
            continue
        ours.append(lead)
        first += bool(order) and order[0][0] == question.topic
        offered += question.topic in [intent for intent, _ in named[:3]]
    bar = sorted(ours)[int(len(ours) * (1 - KEPT))]
    return {
        "questions": len(ours),
        "out_of_scope": len(others),
        "first": round(first / len(ours), 4),
        "among_three": round(offered / len(ours), 4),
        "false_accepts": round(sum(lead >= bar for lead in others) / len(others), 4),
    }


def measure(name: str, examples: list[Example], questions: list[GoldenQuestion]) -> dict:
    """Train and ask one system; return its figures."""
    with tempfile.TemporaryDirectory() as folder:
        trained, asked = run(name, examples, [question.text for question in questions], Path(folder))
    return {
        "system": SYSTEMS[name].title,
        **quality(questions, asked["orders"]),
        "examples": trained["examples"],
        "train_seconds": trained["seconds"],
        "train_cpu_seconds": trained["cpu_seconds"],
        "train_memory_mb": trained["memory_mb"],
        "p50_ms": asked["p50_ms"],
        "p95_ms": asked["p95_ms"],
        "memory_mb": asked["memory_mb"],
        "model_mb": trained["model_mb"],
    }


def compare(examples: list[Example], names: list[str]) -> list[dict]:
    """Measure systems on the common subset."""
    chosen, questions = subset(examples, "en", PER_TOPIC), golden("en")
    return [measure(name, chosen, questions) for name in names]


def comparison_table(rows: list[dict]) -> Table:
    """Lay out a comparison."""
    first = rows[0]
    title = (
        f"English, {first['examples']} examples, {first['questions']} questions and {first['out_of_scope']} out of scope"
    )
    table = Table("System", title=title)
    for heading in ("First right %", "Among three %", "False accepts %", "Training s (CPU)", "p50 / p95 ms"):
        table.add_column(heading, justify="right")
    for heading in ("Memory MB training", "asking", "Model MB"):
        table.add_column(heading, justify="right")
    for row in rows:
        shares = (f"{100 * row[key]:.1f}" for key in ("first", "among_three", "false_accepts"))
        training = f"{row['train_seconds']:.1f} ({row['train_cpu_seconds']:.1f})"
        speed = f"{row['p50_ms']:.1f} / {row['p95_ms']:.1f}"
        memory = (str(row["train_memory_mb"]), str(row["memory_mb"]), f"{row['model_mb']:.1f}")
        table.add_row(row["system"], *shares, training, speed, *memory)
    return table


def main() -> None:
    """Measure, print, and with `--full` write the results."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--full", action="store_true", help="also the long parts; writes the results")
    options.add_argument("--only", action="append", choices=list(SYSTEMS), help="compare only these; writes nothing")
    given = options.parse_args()
    examples = read_examples(ROOT / "data")
    names = given.only or [name for name in SYSTEMS if given.full or name not in LONG]
    rows = compare(examples, names)
    Console(width=160).print(comparison_table(rows))
    if given.full:
        RESULTS.write_text(json.dumps({"comparison": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
