"""What is fuzzed: each target takes bytes, counts how far they came, and raises where something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from exportreport.standard import Standard
from fuzz.reach import Reach

#: Takes an input.
Take = Callable[[bytes], None]


class Target(NamedTuple):
    """``maker`` in ``module`` gives what takes the inputs.

    They are in the ``syntaxes``, and take a ``share`` of the time of a run.
    """

    name: str
    module: str
    maker: str
    syntaxes: tuple[str, ...]
    share: float

    def take(self, known: Standard, reach: Reach) -> Take:
        """What takes the inputs; counts go to ``reach``."""
        made: Take = getattr(import_module(f"fuzz.{self.module}"), self.maker)(known, reach)
        return made


TARGETS = {
    target.name: target
    for target in (
        Target("json", "target_codecs", "json_of", ("json",), 0.3),
        Target("xml", "target_codecs", "xml_of", ("xml",), 0.08),
        Target("validate", "target_validate", "take_of", ("json", "xml"), 0.5),
        Target("results", "target_results", "take_of", ("json", "xml"), 0.07),
        Target("converters", "target_converters", "take_of", ("csv",), 0.05),
    )
}
