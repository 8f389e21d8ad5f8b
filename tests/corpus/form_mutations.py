"""Mutations of a single value: its form, its bounds, and what a closed list does not have."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.case import JSON, NOT_BOOLEAN, NOT_INTEGER, XML, Case, Maker, Spot, entry, single, token
from tests.corpus.source import Expected, Mutation, Place, Text, Token
from tests.corpus.values import ORDINARY
from tests.corpus.wrong_forms import CHARACTER, DOUBTFUL, FREE, NOT_IN_XML, TOO_LONG, wrong_forms

NOT_ON_LIST, RANGE = "ER-S-017", "ER-S-011"
MALFORMED_JSON, NOT_A_NUMBER, LONE_SURROGATE, MALFORMED_XML = "ER-D-011", "ER-D-012", "ER-D-013", "ER-D-020"

#: Ways to write an integer that are not its one form, with the code in JSON; None where JSON takes them for right.
_INTEGERS: dict[str, str | None] = {
    "1.0": NOT_INTEGER,
    "1e3": NOT_INTEGER,
    "1E0": NOT_INTEGER,
    "2.5": NOT_INTEGER,
    "10e-1": NOT_INTEGER,
    "-0": None,
    " 1": None,
    "1 ": None,
    "1\n": None,
    "+1": MALFORMED_JSON,
    ".5": MALFORMED_JSON,
    "1.": MALFORMED_JSON,
    "01": MALFORMED_JSON,
    "00": MALFORMED_JSON,
    "-01": MALFORMED_JSON,
    "0x1F": MALFORMED_JSON,
    "_1": MALFORMED_JSON,
    "٣": MALFORMED_JSON,
    "٣1": MALFORMED_JSON,
    "１": MALFORMED_JSON,
    "NaN": NOT_A_NUMBER,
    "Infinity": NOT_A_NUMBER,
    "100000000000000000000": NOT_INTEGER,
}

_BOOLEANS: dict[str, str | None] = {
    "1": NOT_BOOLEAN,
    "0": NOT_BOOLEAN,
    " true": None,
    "false ": None,
    "True": MALFORMED_JSON,
    "FALSE": MALFORMED_JSON,
    "yes": MALFORMED_JSON,
    "no": MALFORMED_JSON,
    "tru": MALFORMED_JSON,
    "truе": MALFORMED_JSON,
}


def _spot(case: Case) -> Spot:
    return entry(case) if case.constraint.kind.startswith("entry") else single(case)


def form(case: Case) -> Iterator[Mutation]:
    """Values that do not have the form of their type."""
    name = case.slot.range
    if name == "Integer":
        yield from _tokens(case, _INTEGERS, NOT_INTEGER)
    elif name == "Boolean":
        yield from _tokens(case, _BOOLEANS, NOT_BOOLEAN)
    else:
        yield from _texts(case, name)


def _tokens(case: Case, forms: dict[str, str | None], code: str) -> Iterator[Mutation]:
    for written, said in forms.items():
        spot, node = _spot(case), token(written)
        spot.put(node)
        xml = spot.expected(code, node)
        if said is None:
            yield case.said(f"written {written!r}", spot.root, None, xml, (JSON,))
        else:
            unreadable = said[3] == "D"
            json = Expected(said, "" if unreadable else spot.pointer, Place(node))
            yield case.said(f"written {written!r}", spot.root, json, xml)


def _texts(case: Case, name: str) -> Iterator[Mutation]:
    forms = wrong_forms(name, str(case.random.choice(ORDINARY[name])))
    for what, (text, code) in forms.items():
        spot, node = _spot(case), Text(text)
        spot.put(node)
        yield case.alike(what, spot.root, spot.expected(code, node))
    yield from _not_in_xml(case, next(iter(wrong_forms(name, "x").values()))[1] if name not in FREE else CHARACTER)


def _not_in_xml(case: Case, code: str) -> Iterator[Mutation]:
    """Characters that XML cannot carry, and half of one, which JSON cannot carry either."""
    for what, (json, xml) in NOT_IN_XML.items():
        spot, node = _spot(case), Token(f'"{json}x"', f"{xml}x")
        spot.put(node)
        unreadable = Expected(MALFORMED_XML, "", Place(node, "content"))
        yield case.said(what, spot.root, spot.expected(code, node), unreadable)
    spot, node = _spot(case), Token('"\\ud800x"', "&#xD800;x")
    spot.put(node)
    json_half = Expected(LONE_SURROGATE, "", Place(node, "content"))
    yield case.said("half a character", spot.root, json_half, Expected(MALFORMED_XML, "", Place(node, "content")))


def closed(case: Case) -> Iterator[Mutation]:
    """Values that are not on the list of the slot: another case, padded, cut, of another list."""
    codes = case.standard.enums[case.slot.range].codes
    code = case.random.choice(codes)
    for what, text in {
        "in capitals": code.upper(),
        "with a capital": code.capitalize(),
        "a blank at the start": f" {code}",
        "a blank at the end": f"{code} ",
        "a line feed at the end": f"{code}\n",
        "a zero-width space at the end": f"{code}\u200b",
        "a hyphen for the underscore": f"{code}-x",
        "two codes": f"{code} {code}",
        "unknown": "nonsense",
        "a Cyrillic letter": "\u0430" + code[1:],
        "cut": code[:-1] + "~",
        "an Arabic-Indic digit": f"{code}٣",
        "a carriage return at the end": f"{code}\r",
    }.items():
        spot, node = _spot(case), Text(text)
        spot.put(node)
        yield case.alike(what, spot.root, spot.expected(NOT_ON_LIST, node))
    yield from _not_in_xml(case, NOT_ON_LIST)


def longest(case: Case) -> Iterator[Mutation]:
    """A text of one character more than there may be, the last one an astral character."""
    most = case.standard.types[case.slot.range].max_length
    assert most is not None
    spot, node = _spot(case), Text("x" * most + "\U0001f6f0")
    spot.put(node)
    yield case.alike("one character more than the most", spot.root, spot.expected(TOO_LONG, node))


def minimum(case: Case) -> Iterator[Mutation]:
    """A number below the least."""
    least = case.standard.types[case.slot.range].minimum
    assert least is not None
    yield from _numbers(case, least - 1, least - 12)


def maximum(case: Case) -> Iterator[Mutation]:
    """A number above the most."""
    most = case.standard.types[case.slot.range].maximum
    assert most is not None
    yield from _numbers(case, most + 1, 10**18)


def _numbers(case: Case, *numbers: int) -> Iterator[Mutation]:
    for number in numbers:
        spot, node = _spot(case), token(str(number))
        spot.put(node)
        yield case.alike(str(number), spot.root, spot.expected(RANGE, node))


def characters(case: Case) -> Iterator[Mutation]:
    """Characters that are right and yet doubtful: what combines, and what turns the direction of reading."""
    for what, (text, code) in DOUBTFUL.items():
        base = case.base_of("Organization", "name")
        node = Text(text)
        base.member("name").value = node
        warning = Expected(code, f"{base.pointer}/name", Place(node))
        yield case.said(what, base.root, warning, warning, (JSON, XML))


_MAKERS: dict[str, Maker] = {"form": form, "closed": closed, "longest": longest, "minimum": minimum, "maximum": maximum}

MAKERS: dict[str, Maker] = _MAKERS | {f"entry {kind}": maker for kind, maker in _MAKERS.items()}
