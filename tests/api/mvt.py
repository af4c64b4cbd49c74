"""A reader of vector tiles (Mapbox Vector Tile 2.1), written from the specification: slow, obvious, independent."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Point = tuple[int, int]


@dataclass(frozen=True)
class Feature:
    """A feature: its kind (1 point, 2 line, 3 polygon), its properties, its paths in units of the tile."""

    kind: int
    properties: dict[str, Any]
    paths: list[list[Point]]

    @property
    def points(self) -> list[Point]:
        return [point for path in self.paths for point in path]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a variable-length number and where the next thing begins."""
    value, shift = 0, 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Yield (field number, content) of a protobuf message."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            content, at = varint(data, at)
        else:
            size, at = {1: (8, at), 5: (4, at)}.get(key & 7) or varint(data, at)
            content, at = data[at : at + size], at + size
        yield key >> 3, content


def packed(data: bytes) -> list[int]:
    numbers, at = [], 0
    while at < len(data):
        number, at = varint(data, at)
        numbers.append(number)
    return numbers


def signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def value(data: bytes) -> Any:
    ((kind, content),) = fields(data)
    readers = {
        1: lambda: content.decode(),
        2: lambda: struct.unpack("<f", content)[0],
        3: lambda: struct.unpack("<d", content)[0],
        6: lambda: signed(content),
        7: lambda: bool(content),
    }
    return readers[kind]() if kind in readers else content


def paths(commands: list[int]) -> list[list[Point]]:
    """Return the paths that commands draw: a move begins one, for points each move is one."""
    found: list[list[Point]] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        for _turn in range(count if command != 7 else 0):
            x, y = x + signed(commands[at]), y + signed(commands[at + 1])
            at += 2
            if command == 1:
                found.append([])
            found[-1].append((x, y))
    return found


def layers(tile: bytes) -> dict[str, tuple[int, list[Feature]]]:
    """Return (extent, features) of each layer of a tile."""
    found = {}
    for number, content in fields(tile):
        assert number == 3
        parts = list(fields(content))
        names = [one.decode() for kind, one in parts if kind == 3]
        values = [value(one) for kind, one in parts if kind == 4]
        only = dict(parts)
        assert only[15] == 2
        found[only[1].decode()] = (
            only.get(5, 4096),
            [feature(dict(fields(one)), names, values) for kind, one in parts if kind == 2],
        )
    return found


def feature(parts: dict[int, Any], names: list[str], values: list[Any]) -> Feature:
    tags = packed(parts.get(2, b""))
    properties = {names[key]: values[at] for key, at in zip(tags[::2], tags[1::2], strict=True)}
    return Feature(parts[3], properties, paths(packed(parts[4])))
