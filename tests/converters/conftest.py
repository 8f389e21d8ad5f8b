"""What the tests of the national formats share: the formats, whether installed or beside the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conversion_cases import REPORTED_AT, provide_converters

provide_converters()

from exportreport.conversion import Conversion, Format, convert  # noqa: E402
from exportreport_converters import FORMATS  # noqa: E402

GOOD = {
    "issued": "15-01-2004",
    "number": "23632284",
    "code": "6A002a2a",
    "goods": "Kleppen",
    "use": "Onderzoek",
    "duration": "D",
    "to": "Chili",
    "origin": "Nederland",
    "value": "25,740",
    "until": "31-01-2005",
}


@pytest.fixture(scope="session")
def form() -> Format:
    return FORMATS["nl_cdiu/dual_use"]


@pytest.fixture(scope="session")
def rows(form: Format) -> Callable[..., list[Conversion]]:
    """Convert good rows, each with some of its cells replaced."""

    def convert_rows(*changes: dict[str, str], **options: Any) -> list[Conversion]:
        cells = ((GOOD | change).values() for change in changes)
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)
        data = "\r\n".join([",".join(form.columns.names), *quoted, ""]).encode()
        return list(convert(form, [data], **{"reported_at": REPORTED_AT, **options}))

    return convert_rows


@pytest.fixture(scope="session")
def row(rows: Callable[..., list[Conversion]]) -> Callable[..., Conversion]:
    """Convert one good row with some of its cells replaced."""

    def convert_row(**cells: str) -> Conversion:
        (conversion,) = rows(cells)
        return conversion

    return convert_row
