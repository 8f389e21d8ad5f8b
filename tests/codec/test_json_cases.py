"""Every case of JSON, alone and in a real report: the code, the place, and a verdict that three other readers share."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import orjson
import pytest

from exportreport.codec import json_places, json_text
from tests.codec.json_cases import AROUND, BOM, CUT, DECIDED, EMPTY, MARK, READ, REFUSED, TOO_DEEP, TRUNCATED, raw
from tests.witnesses import node_cel

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "valid"
REPORT = (EXAMPLES / "DenialNotice" / "denial-revoked-later.json").read_text(encoding="utf-8").rstrip("\n")

#: The report around the value of its first text, after a line of many bytes; a case takes the place of the value.
_NAME, _, _REST = REPORT.partition('"report_id": ')
BEFORE = _NAME + '"é😀":\r\n "😀", "report_id": '
AFTER = _REST[_REST.index('",') + 1 :]

Said = list[tuple[str, int | None, int | None]]

#: What others read though the grammar has no such thing, or do not read though it has.
OTHERS: dict[str, dict[str, str]] = {
    "orjson": {},
    "json": {
        "nan": "an extension, on unless a reader of constants is given",
        "infinity": "the same",
        "infinity_negative": "the same",
    },
    "node": {},
}


def said(data: bytes) -> Said:
    found = json_places.place(data, json_text.decode(data).findings)
    return [(f.finding_code, *(f.position or (None, None))) for f in found]


def due(marked: str, code: str) -> Said:
    """What is due for a marked text: the code, at the line and the column of the mark."""
    if MARK not in marked:
        return [(code, None, None)]
    before = marked[: marked.index(MARK)].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return [(code, before.count("\n") + 1, len(before) - before.rfind("\n"))]


def places(marked: str) -> list[str]:
    """The marked text alone and in the report."""
    return [marked, BEFORE + marked + AFTER]


def plain(marked: str) -> bytes:
    return raw(marked.replace(MARK, "", 1))


@pytest.mark.parametrize("name", READ)
def test_what_must_be_read_is_read(name: str) -> None:
    text = READ[name]
    assert json_text.decode(raw(text)).value == json.loads(text)
    decoded = json_text.decode(raw(BEFORE + text + AFTER))
    assert isinstance(decoded.value, dict)
    assert decoded.value["report_id"] == json.loads(text)
    assert not decoded.findings


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_be_refused_is_refused_at_its_place(name: str) -> None:
    for text in places(REFUSED[name].marked):
        assert said(plain(text)) == due(text, REFUSED[name].code), text[:60]


@pytest.mark.parametrize("text", CUT)
def test_what_ends_too_early_is_told_at_its_end(text: str) -> None:
    texts = [text + MARK, BEFORE + text + MARK]
    if text.count('"') % 2 == 0 and not text.endswith(("u", "n", "-", ".", "e", "+")):
        texts.append(BEFORE + text + MARK + " \r\n")
    for marked in texts:
        assert said(plain(marked)) == due(marked, TRUNCATED), marked[-60:]


@pytest.mark.parametrize("name", AROUND)
def test_what_stands_around_a_report_is_refused_at_its_place(name: str) -> None:
    marked = AROUND[name].marked.replace("{report}", REPORT)
    found = said(plain(marked))
    assert [one for one in found if one[0] != BOM] == due(marked, AROUND[name].code)


@pytest.mark.parametrize("name", DECIDED)
def test_what_implementations_may_choose_is_decided(name: str) -> None:
    case = DECIDED[name]
    assert case.why
    inside = case.marked
    if case.code == TOO_DEEP:  # the report itself is one level
        inside = case.data.decode().replace("[" * 63, "[" * 63 + MARK, 1)
    for text in (case.marked, BEFORE + inside + AFTER):
        assert said(plain(text)) == ([] if case.code is None else due(text, case.code)), text[:60]


def test_a_byte_order_mark_before_a_report_is_a_remark() -> None:
    assert said(raw("\ufeff" + REPORT)) == [(BOM, 1, 1)]


def cases() -> Iterator[tuple[str, bool, bytes]]:
    """Every case on which readers must agree: its name, whether it is read, its bytes."""
    for name, text in READ.items():
        yield from ((name, True, raw(one)) for one in places(text))
    for name, case in REFUSED.items():
        yield from ((name, False, plain(one)) for one in places(case.marked))
    for text in CUT:
        yield from ((text, False, raw(one)) for one in (text, BEFORE + text))
    for name, case in AROUND.items():
        yield name, False, plain(case.marked.replace("{report}", REPORT))


def _orjson(data: bytes) -> bool:
    return _reads(lambda: orjson.loads(data))


def _json(data: bytes) -> bool:
    return _reads(lambda: json.loads(data.decode()))


def _reads(read: Callable[[], Any]) -> bool:
    try:
        read()
    except ValueError:
        return False
    return True


def _by_node(all_data: list[bytes]) -> list[bool]:
    if shutil.which("node") is None:
        pytest.skip("there is no Node.js: JSON.parse is not heard on the cases of JSON")
    given = json.dumps([base64.b64encode(data).decode() for data in all_data])
    command = ["node", str(node_cel.FOLDER / "json.mjs")]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


WITNESSES: dict[str, Callable[[list[bytes]], list[bool]]] = {
    "orjson": lambda data: list(map(_orjson, data)),
    "json": lambda data: list(map(_json, data)),
    "node": _by_node,
}


@pytest.mark.parametrize("witness", WITNESSES)
def test_other_readers_agree(witness: str) -> None:
    listed = list(cases())
    heard = WITNESSES[witness]([data for _, _, data in listed])
    differing = {name for (name, read, _), other in zip(listed, heard, strict=True) if read != other}
    assert differing == set(OTHERS[witness])


def test_json_without_its_extensions_agrees_in_all() -> None:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(constant)

    for name, read, data in cases():
        assert _reads(lambda text=data: json.loads(text.decode(), parse_constant=refuse)) == read, name  # type: ignore[misc]


def test_empty_is_told_without_a_place() -> None:
    assert [case.code for case in AROUND.values() if MARK not in case.marked] == [EMPTY] * 3
