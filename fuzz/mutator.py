"""The mutator: it reads an input, changes what it means or how it is written, and writes it again.

Most changes leave the structure of a message sound, since only such a message reaches the rules.
"""

from __future__ import annotations

from random import Random
from typing import Any

from fuzz import csv_form, json_form, xml_form
from fuzz.breaking import anything, break_some
from fuzz.pool import Pool
from fuzz.scramble import scramble
from fuzz.sound import change, repair


class Mutator:
    """Changes inputs of the ``syntaxes``: one or several of json, xml and csv."""

    def __init__(self, pool: Pool, syntaxes: tuple[str, ...]) -> None:
        self.pool, self.syntaxes = pool, syntaxes

    def mutate(self, data: bytes, max_size: int, seed: int) -> bytes:
        """Another input, made of ``data``; the same for the same ``seed``."""
        random = Random(seed)
        if random.random() < 0.02:
            return scramble(data, random)[:max_size]
        if self.syntaxes == ("csv",):
            return csv_form.mutate(data, random)[:max_size]
        made = self._text(data, random) if random.random() < 0.17 else self._message(data, random)
        return made[:max_size]

    def cross(self, data: bytes, other: bytes, max_size: int, seed: int) -> bytes:
        """A message with a part of another in it."""
        random = Random(seed)
        if self.syntaxes == ("csv",):
            head, _, _ = data.partition(b"\n")
            return (data + b"\n" + other.removeprefix(head))[:max_size]
        message, donor = self._read(data), self._read(other)
        if not (isinstance(message, dict) and isinstance(donor, dict) and message and donor):
            return self.mutate(data, max_size, seed)
        shared = [name for name in donor if name != "report_type"]
        for name in random.sample(shared, min(len(shared), random.choice((1, 2, 3)))):
            message[name] = donor[name]
        self._repair(message, random)
        return self._written(message, data, random)[:max_size]

    def _read(self, data: bytes) -> Any:
        try:
            if _is_xml(data):
                return xml_form.read(data, self.pool.standard)
            return json_form.read(data)
        except ValueError:
            return None

    def _text(self, data: bytes, random: Random) -> bytes:
        """Something odd in the text of ``data`` itself, once or twice."""
        for _ in range(random.choice((1, 1, 1, 2))):
            data = xml_form.odd(data, random) if _is_xml(data) else json_form.odd(data, random)
        return data

    def _message(self, data: bytes, random: Random) -> bytes:
        """What ``data`` says, changed, and mostly sound."""
        value = self._read(data)
        message = random.choice(value) if isinstance(value, list) and value else value
        if not isinstance(message, dict) or random.random() < 0.02:
            message = self.pool.object(random.choice(self.pool.standard.kinds), random)
        body = self.pool.standard.classes.get(str(message.get("report_type")))
        if body is None or body.name not in self.pool.standard.kinds:
            message = {"report_type": random.choice(self.pool.standard.kinds)} | message
            body = self._repair(message, random)
        if random.random() < 0.75:
            change(message, body, self.pool, random)
            if random.random() < 0.9:
                self._repair(message, random)
        else:
            break_some(message, body, self.pool, random)
        return self._written(message, data, random)

    def _repair(self, message: dict[str, Any], random: Random) -> Any:
        kind = message.get("report_type")
        if not isinstance(kind, str) or kind not in self.pool.standard.kinds:
            kind = message["report_type"] = random.choice(self.pool.standard.kinds)
        body = self.pool.standard.classes[kind]
        repair(message, body, self.pool, random)
        return body

    def _written(self, message: dict[str, Any], data: bytes, random: Random) -> bytes:
        """``message`` in the syntax of ``data``, sometimes in the other one, sometimes with others, seldom bare."""
        syntax = "xml" if _is_xml(data) else "json"
        if random.random() < 0.1 or syntax not in self.syntaxes:
            syntax = random.choice(self.syntaxes)
        if syntax == "xml":
            made = xml_form.write(message, self.pool.standard, random)
            return xml_form.odd(made, random) if random.random() < 0.15 else made
        if random.random() < 0.04:
            other = self.pool.object(random.choice(self.pool.standard.kinds), random)
            return json_form.several(message, random.choice((other, message, anything(random))), random)
        made = json_form.write(message, random)
        return json_form.odd(made, random) if random.random() < 0.1 else made


def _is_xml(data: bytes) -> bool:
    begin = data[:80].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return begin.startswith(b"<")
