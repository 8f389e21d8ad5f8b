"""What the tests of this room share: a format to convert from, and ways to say a file in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from exportreport.conversion import Conversion, Format, convert, load

FOLDER = Path(__file__).parents[2] / "converters" / "nl_cdiu"
REPORTED_AT = "2026-11-23T09:00:00Z"


@pytest.fixture(scope="session")
def form() -> Format:
    """The Dutch list, read straight from its folder."""
    return load(FOLDER / "dual_use", FOLDER)


@pytest.fixture(scope="session")
def run(form: Format) -> Callable[..., list[Conversion]]:
    """Convert the bytes of a whole file, or the chunks of one."""

    def convert_all(data: bytes | Iterable[bytes], **options: Any) -> list[Conversion]:
        chunks = [data] if isinstance(data, bytes) else data
        return list(convert(form, chunks, **{"reported_at": REPORTED_AT, **options}))

    return convert_all


@pytest.fixture(scope="session")
def header(form: Format) -> str:
    return ",".join(form.columns.names)


@pytest.fixture(scope="session")
def good() -> list[str]:
    """The cells of a row in which nothing is doubtful."""
    return "15-01-2004,23632284,6A002a2a,Kleppen,Onderzoek,D,Chili,Nederland,740,31-01-2005".split(",")


@pytest.fixture(scope="session")
def csv_of(header: str) -> Callable[..., bytes]:
    """A file in UTF-8 with the header and these rows, each cell quoted."""

    def write(*rows: Iterable[str]) -> bytes:
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        return "\r\n".join([header, *quoted, ""]).encode("utf-8", "surrogatepass")

    return write
