"""A TOML file of an author: its data, and faults that say file, line, column and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from exportreport.build.cel.error import CelError
from exportreport.build.rules.toml_places import Keys, TomlPlaces

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlFile:
    """The file at ``path``: ``data`` is its content, ``faults`` what was found wrong in it so far.

    Each fault is one line of text: ``file:line:column: what is wrong; what to do``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[str] = []
        self.text = ""
        self.data: Mapping[str, Any] = {}
        try:
            self.text = path.read_text(encoding="utf-8")
            self.data = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            self._at(error.start, "this is not UTF-8", "save the file as UTF-8")
        except tomllib.TOMLDecodeError as error:
            self._syntax(str(error))

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @cached_property
    def places(self) -> TomlPlaces:
        """Where each key and value is written."""
        return TomlPlaces(self.text)

    def fault(self, keys: Keys, message: str, hint: str) -> None:
        """Note a fault of the member that ``keys`` names, or of the nearest one around it that is written.

        A file that is no TOML has its one fault already.
        """
        if not self.data:
            return
        while keys not in self.places.keys:
            keys = keys[:-1]
        self._at(self.places.keys[keys], message, hint)

    def refusal(self, keys: Keys, error: CelError) -> None:
        """Note the fault of an expression or a message that is the value of ``keys``."""
        self._at(self.places.inside(keys, error.at), error.message, error.hint)

    def _at(self, offset: int, message: str, hint: str) -> None:
        line = self.text.count("\n", 0, offset) + 1
        column = offset - self.text.rfind("\n", 0, offset)
        self.faults.append(f"{self.path}:{line}:{column}: {message}; {hint}")

    def _syntax(self, words: str) -> None:
        place = _PLACE.search(words)
        line, column = (place[1] or "", place[2] or "") if place else ("", "")
        if not line:
            line, column = str(self.text.count("\n") + 1), "1"
        what = f"this is not TOML ({_PLACE.sub('', words)})"
        self.faults.append(f"{self.path}:{line}:{column}: {what}; look for a quotation mark or bracket that is missing")
