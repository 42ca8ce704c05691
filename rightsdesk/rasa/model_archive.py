"""The archive that Rasa writes: our ranker is read from it, and put into it anew, without Rasa's training."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

import yaml

from rightsdesk import settings
from rightsdesk.understanding import storage
from rightsdesk.understanding.ranker import Ranker, Thresholds

COMPONENT = "TopicRanker"
COMPRESSION = 1  # numbers hardly shrink; a higher level only takes time


def read_ranker(model: Path, config: Path) -> Ranker:
    """Take the ranker out of a trained model, with the thresholds of config.yml.

    Args:
        model: the archive that Rasa wrote.
        config: config.yml.
    """
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as archive:
        for member in archive.getmembers():
            if member.isfile() and COMPONENT in member.name and member.name.endswith((".json", ".npz")):
                content = archive.extractfile(member)
                if content:
                    (Path(folder) / Path(member.name).name).write_bytes(content.read())
        return storage.load(Path(folder), thresholds(config), settings.read().embeddings)


def replace_ranker(model: Path, ranker: Ranker) -> None:
    """Put a ranker into a trained model in place of its own; the rest of the model stays.

    Args:
        model: the archive that Rasa wrote; it is replaced whole or not at all.
        ranker: what was learnt since.
    """
    with tempfile.TemporaryDirectory(dir=model.parent) as work:
        unpacked, packed = Path(work) / "model", Path(work) / model.name
        with tarfile.open(model) as archive:
            archive.extractall(unpacked)
        [place] = [path for path in (unpacked / "components").iterdir() if COMPONENT in path.name]
        for old in place.iterdir():
            old.unlink()
        storage.save(ranker, place)
        with tarfile.open(packed, "w:gz", compresslevel=COMPRESSION) as archive:
            archive.add(unpacked, arcname="")
        packed.replace(model)


def thresholds(config: Path) -> dict[str, Thresholds]:
    """Read when to answer, per language, from config.yml."""
    found: dict[str, Thresholds] = {}
    for component in yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]:
        for language, values in (component.get("thresholds") or {}).items():
            found[language] = Thresholds(**values)
    return found
