"""The decoders, the encoders and the positions, each syntax by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any
from zlib import crc32

from exportreport.codec import faults, json_places, json_text, xml_places, xml_text
from exportreport.codec.decoded import Decoded
from exportreport.codec.kinds import kind_of
from exportreport.finding import Finding, Path, Severity
from exportreport.result.record import Result, Verdict
from exportreport.standard import Standard
from exportreport.structure import engine
from exportreport.structure.breach import check_message
from fuzz.oracles import Text, demand, places
from fuzz.reach import Reach
from fuzz.targets import Take

#: What we refuse and another reader of JSON may take: too large, too deep, not said in Unicode, nothing at all.
_OURS_ALONE = frozenset({faults.EMPTY_ARRAY.code, faults.TOO_DEEP.code, faults.TOO_LARGE.code})
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_HUGE = re.compile(r"[0-9]{300}|[eE][+-]?[0-9]{3}")


def _refuse(name: str) -> Any:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def json_of(known: Standard, reach: Reach) -> Take:
    """Decode, compare with another reader, place findings anywhere, write again."""

    def take(data: bytes) -> None:
        reach.count("decoding")
        decoded = json_text.decode(data)
        _placed(decoded, json_places.place(data, decoded.findings), Text(data, "json"))
        lot = crc32(data)
        if lot & 3 == 0:
            _as_others_read(data, decoded)
        if decoded.readable and (kind := _kind(decoded, known)):
            if lot & 3 == 1:
                _anywhere(data, decoded, lambda found: json_places.place(data, found), "json")
            _judged(data, decoded, kind, known, reach)

    return take


def xml_of(known: Standard, reach: Reach) -> Take:
    """Decode, place findings anywhere, write again and as canonical XML."""

    def take(data: bytes) -> None:
        reach.count("decoding")
        decoded = xml_text.decode(data, known)
        placed = xml_places.place(data, decoded.findings, known)
        _placed(decoded, placed, Text(data, "xml"))
        if decoded.readable and (kind := _kind(decoded, known)):
            if crc32(data) & 3 == 1:
                _anywhere(data, decoded, lambda found: xml_places.place(data, found, known), "xml")
            _judged(data, decoded, kind, known, reach)
        if crc32(data) & 3 == 2:
            _canonical(data)

    return take


def _canonical(data: bytes) -> None:
    """Canonical XML is its own canonical form; of what is no XML of one namespace there is none."""
    try:
        once = xml_text.canonical(data)
    except ValueError:
        return
    demand(xml_text.canonical(once) == once, "canonical XML is not its own")


def _kind(decoded: Decoded, known: Standard) -> str | None:
    kind = kind_of(decoded.value, known)
    return kind if isinstance(kind, str) else None


def _placed(decoded: Decoded, findings: list[Finding], text: Text) -> None:
    demand(decoded.readable or bool(findings), "unreadable, and no finding says why")
    document = decoded.value if isinstance(decoded.value, dict) else None
    places([Result(Verdict.REJECTED, tuple(findings), {}, document=document)], text)


def _judged(data: bytes, decoded: Decoded, kind: str, known: Standard, reach: Reach) -> None:
    """The structure is checked; what is sound is the same after it was written and read again."""
    reach.met(data)
    document: Any = decoded.value
    breaches = list(check_message(document, kind, known, engine.check))
    if breaches or any(finding.severity is Severity.ERROR for finding in decoded.findings):
        return
    again: Any = json_text.decode(json_text.encode(document, known, indent=bool(crc32(data) & 1))).value
    demand(again == document, "JSON written and read is another document", again)
    demand(json_text.digest(again) == json_text.digest(document), "another digest")
    if crc32(data) & 7:
        return
    as_xml = xml_text.encode(document, known)
    demand(bool(xml_text.canonical(as_xml)), "no canonical XML")
    back = xml_text.decode(as_xml, known)
    demand(back.value == document, "XML written and read is another document", back.value)
    errors = [finding for finding in back.findings if finding.severity is Severity.ERROR]
    demand(not errors, "XML that we wrote ourselves has faults", errors)


def _as_others_read(data: bytes, decoded: Decoded) -> None:
    """Another reader takes what ours takes, as the same value, and nothing that ours does not."""
    text = data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError) or "int string conversion" in str(error)
        demand(deep or not decoded.readable, "taken, and refused by another reader", error)
        return
    if decoded.readable:
        again = json.dumps(value, sort_keys=True), json.dumps(decoded.value, sort_keys=True)
        demand(again[0] == again[1] or _inexact(text), "read otherwise by another reader", again)
        return
    (finding,) = decoded.findings
    excused = finding.finding_code in _OURS_ALONE or _inexact(text) or "\udc80" <= max(text) <= "\udcff"
    demand(excused or not text.isprintable() or _SURROGATE.search(text) is not None, "refused", finding)


def _inexact(text: str) -> bool:
    return _HUGE.search(text) is not None or re.search(r"[0-9]{17}|[0-9]\.[0-9]|[0-9][eE]|-0", text) is not None


def _anywhere(data: bytes, decoded: Decoded, place: Any, syntax: str) -> None:
    """Findings about any place of the document, and about places that it does not have, are placed in the file."""
    random = Random(crc32(data))
    paths = [path for path, _ in zip(_paths(decoded.value, ()), range(400), strict=False)]
    some = random.sample(paths, min(len(paths), 6))
    beyond = [(*path, random.choice(("nowhere", 99, "items", 0))) for path in some[:2]]
    wrong = [Finding("ER-S-001", Severity.ERROR, "", path) for path in (*some, *beyond)]
    findings = place(wrong)
    repeats = [one for one in decoded.findings if one.finding_code == faults.REPEATED.code]
    shown = Result(Verdict.REJECTED, (*findings, *repeats), {}, document=decoded.value)  # type: ignore[arg-type]
    demand(all(one.position for one in findings), "no place", findings)
    places([shown._replace(findings=tuple(findings))] if not repeats else [], Text(data, syntax))


def _paths(value: Any, path: Path) -> Iterator[Path]:
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in entries:
        yield from _paths(child, (*path, step))
