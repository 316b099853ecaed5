"""A picture as its pixels, for tests that look where there is ink."""

import struct
import zlib
from collections.abc import Sequence

Row = Sequence[Sequence[int]]


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack_from(">2L", png, 16)
    return width, height


def rows_of(png: bytes) -> list[list[bytes]]:
    """The pixels of a PNG with eight bits for each of red, green, blue and opacity, row by row."""
    width, height = size_of(png)
    assert png[24:29] == bytes([8, 6, 0, 0, 0])
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack_from(">L4s", png, at)
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, line, above, rows = zlib.decompress(data), 4 * width + 1, bytearray(4 * width), []
    for top in range(height):
        above = _row(raw[top * line], bytearray(raw[top * line + 1 : (top + 1) * line]), above)
        rows.append([bytes(above[x : x + 4]) for x in range(0, 4 * width, 4)])
    return rows


def _row(kind: int, row: bytearray, above: bytearray) -> bytearray:
    for x in range(len(row)):
        left, up, corner = (row[x - 4], above[x], above[x - 4]) if x > 3 else (0, above[x], 0)
        row[x] = (row[x] + (0, left, up, (left + up) // 2, _nearest(left, up, corner))[kind]) & 255
    return row


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def inked(png: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all that has not the colour of the last pixel; half-open."""
    rows = rows_of(png)
    paper = rows[-1][-1]
    marked = [(x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel != paper]
    assert marked
    across, down = [x for x, _ in marked], [y for _, y in marked]
    return min(across), min(down), max(across) + 1, max(down) + 1
