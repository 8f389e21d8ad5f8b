"""What a peer is: a program that takes the bytes of documents and says which of them it accepts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

#: Takes the bytes of documents; says of each whether it is accepted, None where the peer only reads.
Act = Callable[[Sequence[bytes]], list[bool | None]]


def each(act: Callable[[bytes], bool | None]) -> Act:
    """The act of a peer that takes one document at a time."""
    return lambda documents: [act(document) for document in documents]


class Peer(NamedTuple):
    """A peer by name: ``does`` says what of the work it does, ``made`` imports and compiles what it needs."""

    name: str
    does: str
    made: Callable[[], Act]
    package: str | None = None

    @property
    def version(self) -> str:
        """The version of its package; "" where it has none, or is not installed."""
        try:
            return version(self.package) if self.package else ""
        except PackageNotFoundError:
            return ""
