"""The JVM as a judge: one process that reads documents and answers, for as long as it is needed."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.equivalence.engines import Engine

_SOURCE = Path(__file__).resolve().parent / "jvm" / "Judge.java"

#: Has the JVM count characters, as XML Schema says, where it would count units of UTF-16 by itself.
CODE_POINTS = "-Dcom.sun.org.apache.xerces.internal.impl.dv.xs.useCodePointCountForStringLength=true"


def missing() -> str | None:
    """Why the JVM cannot be heard; None where it can."""
    return None if shutil.which("java") else "There is no Java here, so that the JVM was not asked."


@contextmanager
def jvm_engine(xsd: Path, *options: str) -> Iterator[Engine]:
    """The JVM's own validation with the file ``xsd``, as long as the context lasts."""
    command = ["java", "-Xshare:auto", "-XX:+UseSerialGC", *options, str(_SOURCE), str(xsd)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Engine("JVM", "xml", lambda data, _: _ask(process, data))
        finally:
            process.stdin and process.stdin.write(bytes(4))


def _ask(process: subprocess.Popen[bytes], document: bytes) -> str | None:
    assert process.stdin and process.stdout
    process.stdin.write(struct.pack(">i", len(document)) + document)
    process.stdin.flush()
    (length,) = struct.unpack(">i", process.stdout.read(4))
    return process.stdout.read(length).decode() or None
