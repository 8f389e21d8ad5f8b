"""Archives made to exhaust the reader: each before the command in a process of its own, with its memory and time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.codec.packing import STORED, gzipped, member, overlapping, zip64, zipped
from tests.memory import PEAK

MEGABYTES = 250
SECONDS = 120

#: Eight megabytes of lines that pack well, but not so well as to be taken for a bomb.
LINES = b"".join(
    b'{"x":"%s"}\n' % b"".join(b"%07d" % (n * k % 9_999_991) * 8 for k in range(1_000)) for n in range(1, 147)
)

#: Each with the code of its first finding, and its exit status.
HOSTILE: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "zeros in gzip": (lambda: gzipped(bytes(10_000_000)) * 100, "ER-D-905", 4),
    "zeros in zip": (lambda: zipped(member("a", bytes(30_000_000))), "ER-D-905", 4),
    "zeros in many files": (lambda: zipped(*(member(f"{n}", bytes(10_000_000)) for n in range(15))), "ER-D-009", 4),
    "zeros that say they are few": (lambda: zipped(member("a", bytes(30_000_000), unpacked=9)), "ER-D-040", 3),
    "zip in zip in zip": (lambda: zipped(member("a", zipped(member("b", zipped(member("c")))))), "ER-D-042", 3),
    "quoted heads": (lambda: overlapping(member("0", bytes(2_000_000)), times=250, inner_first=False), "ER-D-042", 3),
    "one content named often": (
        lambda: zipped(
            member("0", bytes(9_000_000)), *(member(f"{n}", offset=0, written=False) for n in range(1, 5_000))
        ),
        "ER-D-009",
        3,
    ),
    "more files than are read": (lambda: zip64(*(member("a"),) * 1_000, count=2**63), "ER-D-904", 4),
    "folders and nothing else": (lambda: zipped(*(member(f"{n}/", b"") for n in range(20_000))), "ER-D-045", 3),
    "long names": (lambda: zipped(*(member(f"{n}" + "n" * 60_000 + "/", b"") for n in range(300))), "ER-D-045", 3),
    "a comment of ends": (lambda: zipped(member("a"), comment=b"PK\x05\x06" * 16_000)[:-1], "ER-D-040", 3),
    "empty members": (lambda: gzipped(b"") * 200_000, "ER-D-002", 3),
    "one long line": (lambda: zipped(member("a", b"x" * 90_000_000, method=STORED)), "ER-D-003", 3),
}

RUN = (
    PEAK
    + """
import sys
from exportreport.cli.main import cli
import exportreport.batch.archives, exportreport.codec.zip_members, exportreport.pipeline
before = peak()
try:
    cli(["validate", "-f", "csv", *sys.argv[1:]], standalone_mode=True)
except SystemExit as ended:
    print((peak() - before) // 1024, ended.code, file=sys.stderr)
"""
)


def run(*arguments: str | Path) -> tuple[str, int, int]:
    """What is said on standard output, the memory in megabytes above start, and the exit status."""
    command = [sys.executable, "-c", RUN, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    megabytes, status = map(int, done.stderr.split())
    return done.stdout, megabytes, status


@pytest.mark.skipif(sys.platform == "win32", reason="measures memory as POSIX systems tell it")
@pytest.mark.parametrize("what", HOSTILE)
def test_memory_and_time_are_bounded(what: str, tmp_path: Path) -> None:
    make, code, status = HOSTILE[what]
    path = tmp_path / "x"
    path.write_bytes(make())
    said, megabytes, ended = run(path)
    assert code in said.splitlines()[1]
    assert ended == status
    assert megabytes < MEGABYTES


@pytest.mark.skipif(sys.platform == "win32", reason="measures memory as POSIX systems tell it")
@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_a_gigabyte_of_lines_takes_the_memory_of_one(pack: str, tmp_path: Path) -> None:
    path = tmp_path / "x"  # of a zip archive less, for the sake of time
    if pack == "gzip":
        path.write_bytes(gzipped(LINES, level=1) * 128)
    else:
        path.write_bytes(zipped(*(member(f"{n}", LINES, level=1) for n in range(8))))
    said, megabytes, status = run("--max-bytes", "99", path)
    assert said.count("ER-D-901") == LINES.count(b"\n") * (128 if pack == "gzip" else 8)
    assert "ER-D-905" not in said
    assert (status, megabytes < 64) == (4, True)
