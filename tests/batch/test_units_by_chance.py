"""Inputs made by chance, cut into units of any size: the results, counts and digests of one reading."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from random import Random

import pytest

from bench import corpus
from exportreport import standard
from exportreport.batch import judging, ranges, units
from exportreport.batch.inputs import sources
from exportreport.batch.judging import Task
from exportreport.batch.reading import results_of
from exportreport.batch.run import Course, results
from exportreport.codec.limits import Limits
from exportreport.pipeline import Settings
from exportreport.rules.evaluation import Rules

KNOWN = standard.load()

ODD = [b"{}", b"", b" ", b"\r", b"[1]", b"nothing\r\r", b'{"a": 1}\r', b'{"a": "' + b"x" * 4_000 + b'"}']

LIMITS = [Limits(), Limits(document_bytes=3_000), Limits(members=2), Limits(70_000, unpacked_bytes=200_000)]


def lines(chance: Random, sound: list[bytes]) -> bytes:
    mark = b"\xef\xbb\xbf" if chance.random() < 0.2 else b""
    chosen = chance.choices([*sound, *ODD], k=chance.randrange(1, 60))
    return mark + chance.choice([b"\n", b"\r\n", b"\n\n"]).join(chosen)


def file(chance: Random, sound: list[bytes]) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return gzip.compress(lines(chance, sound))[: chance.choice([None, -5, -50])]
    if kind > 1:
        return lines(chance, sound)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for number in range(chance.randrange(4)):
            archive.writestr(f"m{number}", lines(chance, sound) if chance.random() < 0.7 else gzip.compress(b"{}"))
    return packed.getvalue()[: chance.choice([None, None, -100])]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_as_one_reading(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(seed)
    sound = corpus.filings(KNOWN, 20, 900, 7500)
    for number in range(chance.randrange(1, 5)):
        (tmp_path / f"f{number}").write_bytes(file(chance, sound))
    size, length, held = chance.choice([50, 1_000, 20_000]), chance.choice([1, 7, 5_000]), chance.choice([1, 10, 2_000])
    for room in (ranges, units):
        monkeypatch.setattr(room, "SIZE", size)
        monkeypatch.setattr(room, "LINES", length)
    monkeypatch.setattr(judging, "_HELD", held)
    settings = Settings(chance.choice(LIMITS), chance.choice([0, 1, 100]), digests=True, excerpts=1)
    rules, digests, course = Rules(KNOWN), dict[str, str](), Course()
    direct = [one for s in sources([str(tmp_path)]) for one in results_of(s, KNOWN, settings, rules, digests)]
    task = Task(settings, documents=True, received=True)
    assert list(results(sources([str(tmp_path)]), KNOWN, task, course, 1)) == direct
    assert course.outcomes.rules() == rules.outcomes.rules()
    assert course.outcomes.codes == rules.outcomes.codes
    assert course.digests == digests
