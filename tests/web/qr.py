"""Reads a QR code from a picture, as a phone would: written for the tests, apart from the library that draws the codes."""

from __future__ import annotations

import io

# number of blocks, and data bytes in each, of versions 1 to 6 at level M
BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4}
MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def read(picture: bytes) -> str:
    """Return the text of the code in a PNG that shows nothing else in black."""
    modules = _modules(picture)
    size = len(modules)
    bits = _bits(modules, _mask(modules))
    data = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    message = "".join(f"{byte:08b}" for byte in _in_order(data, BLOCKS[(size - 17) // 4]))
    assert message[:4] == "0100", "the code is not in byte mode"
    length = int(message[4:12], 2)
    return bytes(int(message[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode()


def _modules(picture: bytes) -> list[list[bool]]:
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("L")
    left, top, right, _ = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    run = next(at for at in range(right - left) if image.getpixel((left + at, top + 1)) > 127)  # seven modules, black
    size = round((right - left) / (run / 7))
    assert size % 4 == 1
    step = (right - left) / size
    middle = [(at + 0.5) * step for at in range(size)]
    return [[image.getpixel((int(left + x), int(top + y))) < 128 for x in middle] for y in middle]


def _mask(modules: list[list[bool]]) -> int:
    places = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4)]
    written = int("".join(str(int(modules[row][column])) for row, column in places), 2) ^ 0b10101
    assert written >> 3 == 0, "the code is not at level M"
    return written & 0b111


def _bits(modules: list[list[bool]], mask: int) -> str:
    size = len(modules)
    found = []
    column, upwards = size - 1, True
    while column > 0:
        if column == 6:
            column -= 1
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for beside in (column, column - 1):
                if not _fixed(row, beside, size):
                    found.append(modules[row][beside] ^ MASKS[mask](row, beside))
        column, upwards = column - 2, not upwards
    return "".join(str(int(bit)) for bit in found)


def _fixed(row: int, column: int, size: int) -> bool:
    """Tell whether a module belongs to the patterns that every code has."""
    corner = (row < 9 and (column < 9 or column > size - 9)) or (row > size - 9 and column < 9)
    aligned = size > 21 and abs(row - (size - 7)) <= 2 and abs(column - (size - 7)) <= 2
    return corner or aligned or row == 6 or column == 6


def _in_order(data: list[int], blocks: list[int]) -> list[int]:
    """Undo the interleaving of blocks of one length."""
    count = len(blocks)
    return [data[at * count + block] for block in range(count) for at in range(blocks[0])]
