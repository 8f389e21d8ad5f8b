"""The JSON Schema CLI of Sourcemeta, where it is installed: run as a program, never imported (it is under the AGPL).

npm has it as ``@sourcemeta/jsonschema``, PyPI as ``sourcemeta-jsonschema``. The Python package jsonschema brings a
program of the same name along, so a program is asked who it is before it counts. It reads and parses files by itself;
what a start costs is taken off: a round is its time for all documents, several times over, less that for one of each
kind. It works on all processors, so their time is summed, and tells verdicts in any order, so it is asked for numbers.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import orjson

from bench.peers.json_peers import KINDS, SCHEMAS

NAME = "sourcemeta jsonschema"

#: How often it is given all documents in one start.
TIMES = 10

_VERDICT = re.compile(r"^(ok|fail): .* \(entry #([0-9]+)\)$", re.MULTILINE)


class Program(NamedTuple):
    """Where the program is, and its version."""

    path: str
    version: str


def found() -> Program | None:
    """The program on the search path; None where there is none. SOURCEMETA_JSONSCHEMA may name it."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    named = os.environ.get("SOURCEMETA_JSONSCHEMA")
    candidates = [Path(named)] if named else [Path(folder, "jsonschema") for folder in folders if folder]
    return next(filter(None, map(_recognized, candidates)), None)


def _recognized(path: Path) -> Program | None:
    """The program at ``path`` if it is the one: it tells a bare version, and help of its own."""
    if not os.access(path, os.X_OK):
        return None
    version, told = _said(path, "version").strip(), _said(path, "help")
    is_it = re.fullmatch(r"v?[0-9]+\.[0-9]+\.[0-9]+", version) and "JSON Schema CLI" in told
    return Program(str(path), version.removeprefix("v")) if is_it else None


def _said(path: Path, word: str) -> str:
    """What it says to ``word`` on standard output; nothing where that is an error."""
    try:
        ended = subprocess.run([path, word], capture_output=True, check=False, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ended.stdout if ended.returncode == 0 else ""


class Judge:
    """The program with the documents in files: a file of lines for each kind, and one with the first alone."""

    def __init__(self, program: Program, documents: Sequence[bytes], folder: Path) -> None:
        self.program = program
        self.places: dict[str, list[int]] = {kind: [] for kind in KINDS}
        self.unjudged: list[int] = []
        for number, data in enumerate(documents):
            kind = orjson.loads(data).get("report_type")
            self.places.get(kind, self.unjudged).append(number)
        self.count = len(documents)
        self.files: list[tuple[Path, Path, Path]] = []
        for kind in KINDS:
            lines = [documents[number] + b"\n" for number in self.places[kind]]
            files = folder / f"{kind}.jsonl", folder / f"{kind}-one.jsonl"
            for file, repeated in zip(files, (lines * TIMES, lines[:1]), strict=True):
                file.write_bytes(b"".join(repeated))
            self.files.append((SCHEMAS / f"{kind}.schema.json", *files))

    def call(self, schema: Path, lines: Path, form: str = "--json") -> list[str]:
        return [self.program.path, "validate", form, "--continue", str(schema), str(lines)]

    def verdicts(self) -> list[bool]:
        """Of each document whether it is accepted; one of no kind is not."""
        accepted = [False] * self.count
        for kind, (schema, whole, _) in zip(KINDS, self.files, strict=True):
            call = self.call(schema, whole, "--verbose")
            told = subprocess.run(call, capture_output=True, check=False, text=True).stderr
            found = {int(number): word == "ok" for word, number in _VERDICT.findall(told)}
            for entry, number in enumerate(self.places[kind], start=1):
                accepted[number] = found[entry]
        return accepted

    def seconds(self) -> float:
        """The time for the documents once, less that of its starts."""
        spent = sum(_seconds(self.call(schema, whole)) - _seconds(self.call(schema, one))
                    for schema, whole, one in self.files)  # fmt: skip
        return spent * self.count / (self.count * TIMES - len(self.files))


def _seconds(call: list[str]) -> float:
    """The processors' seconds of a program."""
    with tempfile.TemporaryFile() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, stdout=out, stderr=out, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
