"""Names of countries, groups of countries and other places, several in a cell, through a table of names.

A name matches without regard to letter case, accents, marks and blank space, and never by likeness:
misspellings are listed one by one. A name that is not listed, or that means more than one place, stays text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from exportreport.conversion import faults
from exportreport.conversion.ledger import Outcome
from exportreport.conversion.readings import LEFT_OUT, Context, Kind, MappingError, Piece, Reader, Reading, Tables
from exportreport.finding import make

COUNTRY, GROUP, TEXT, SEVERAL, UNKNOWN = "country", "group", "text", "several", "unknown"
#: A group whose name says what it leaves out ("the world except ...").
GROUP_EXCEPT = "group_except"
_KINDS = (COUNTRY, GROUP, GROUP_EXCEPT, TEXT, SEVERAL, UNKNOWN)

_MARKS = re.compile(r"[,;/\n]")
_AND = re.compile(r"\s+(?:en|and|&|\+)\s+", re.IGNORECASE)
_VIA = re.compile(r"(?:^|\s+)via\s+", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What a name means. ``first`` and ``last`` are the days between which a country's code is valid."""

    name: str
    kind: str
    code: str
    first: str
    last: str
    note: str


class Gazetteer:
    """The names of a table with the columns ``name,kind,code,valid_from,valid_to,note``."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self._places: dict[str, Place] = {}
        for row in rows:
            place = Place(row["name"], row["kind"], row["code"], row["valid_from"], row["valid_to"], row["note"])
            if place.kind not in _KINDS:
                raise MappingError(f'the kind "{place.kind}" of the place "{place.name}" is not known')
            if folded(place.name) in self._places:
                raise MappingError(f'the place "{place.name}" stands twice')
            self._places[folded(place.name)] = place

    def named(self, name: str) -> Place:
        """The place with this name; one of kind `unknown` with the name itself when it is not listed."""
        return self._places.get(folded(name)) or Place(name, "", "", "", "", "")

    def split(self, text: str) -> list[tuple[str, Place]]:
        """The places that ``text`` lists, each with its own words; names that hold "en" stay together."""
        whole = self.named(text)
        if whole.kind:
            return [(text, whole)]
        found = []
        for part in filter(None, map(str.strip, _MARKS.split(text))):
            found += list(self._joined(_AND.split(part)))
        return found or [(text, whole)]

    def _joined(self, words: list[str]) -> Iterator[tuple[str, Place]]:
        while words:
            for end in range(len(words), 0, -1):
                name = " en ".join(words[:end])
                if end == 1 or self.named(name).kind:
                    break
            yield name.strip(), self.named(name)
            words = words[end:]


@lru_cache(maxsize=4_096)
def folded(name: str) -> str:
    """``name`` in small letters without accents, words joined by one blank."""
    plain = name.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in apart if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", plain).strip() or name


def _places(options: Mapping[str, Any], tables: Tables) -> Reader:
    """Places of the ``table``; what stands behind "via" is given by the parts that begin with `via_`. ``back`` are the
    words for a way there and back, at the end of the places: part `round_trip`."""
    gazetteer = Gazetteer(tables(options["table"]))
    back = _back(options.get("back", ()))

    def read(text: str, context: Context) -> Reading:
        bare = back.sub("", text) or text
        found = _read(bare, context)
        if bare == text:
            return found
        told = Piece("round_trip", True, Outcome.DERIVED, "the words for there and back")
        return found._replace(pieces=(*found.pieces, told))

    def _read(text: str, context: Context) -> Reading:
        whole = gazetteer.named(text)
        sides = [text] if whole.kind else _VIA.split(text)
        if not all(side.strip() for side in sides):
            sides = [text]
        here = _as_one(gazetteer.split(sides[0]), sides[0])
        through = [place for side in sides[1:] for place in _as_one(gazetteer.split(side), side)]
        lasting = not any(place.first or place.last for _, place in (*here, *through))
        return Reading((*_pieces(here, "", context), *_pieces(through, "via_", context)), lasting)

    return Reader(read)


def _back(words: Sequence[str]) -> re.Pattern[str]:
    """Finds any of the ``words`` behind the places of a text, or before its "via"; nothing where there are none."""
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\s+\(?(?:{either})\)?(?=\s*$|\s+via\s)" if words else "(?!)", re.IGNORECASE)


def _as_one(places: list[tuple[str, Place]], text: str) -> list[tuple[str, Place]]:
    """The places, or the whole text where a name follows a group that says what it leaves out."""
    if len(places) > 1 and any(place.kind == GROUP_EXCEPT for _, place in places):
        note = "what follows the exception may belong to it or stand beside it"
        return [(text, Place(text, SEVERAL, "", "", "", note))]
    return places


def _pieces(places: Sequence[tuple[str, Place]], prefix: str, context: Context) -> Iterator[Piece]:
    entry = 0
    note = 'the place after "via"' if prefix else ""
    for words, place in places:
        piece = _piece(words.strip(), place, context, entry, note)
        if piece.part != LEFT_OUT:
            entry += 1
            piece = piece._replace(part=prefix + piece.part)
        yield piece


def _piece(words: str, place: Place, context: Context, entry: int, note: str) -> Piece:
    if place.kind in (COUNTRY, GROUP, GROUP_EXCEPT):
        day = context.day
        if (place.first or place.last) and not (day and (place.first or day) <= day <= (place.last or day)):
            finding = make(faults.PLACE_NOT_THEN, value=words, code=place.code, day=day or "an unknown day",
                           first=place.first or "the beginning", last=place.last or "today")  # fmt: skip
            return Piece(TEXT, words, Outcome.AMBIGUOUS, note, entry, finding)
        part = COUNTRY if place.kind == COUNTRY else GROUP
        notes = _joined_notes(note, place.note)
        return Piece(part, place.code, Outcome.MAPPED, notes, entry, words=words)
    if place.kind == TEXT:
        return Piece(TEXT, words, Outcome.MAPPED, _joined_notes(note, place.note), entry)
    if place.kind == UNKNOWN:
        return Piece(LEFT_OUT, None, Outcome.DERIVED, place.note or "not known, so it is left out")
    if place.kind == SEVERAL:
        finding = make(faults.PLACE_TWO_WAYS, value=words, note=place.note)
        return Piece(TEXT, words, Outcome.AMBIGUOUS, note, entry, finding)
    return Piece(TEXT, words, Outcome.AMBIGUOUS, note, entry, make(faults.UNKNOWN_PLACE, value=words))


def _joined_notes(*notes: str) -> str:
    return "; ".join(filter(None, notes))


PLACES_KIND = Kind(
    (COUNTRY, GROUP, TEXT, "via_country", "via_group", "via_text", "round_trip"), ("table", "back"), _places
)  # fmt: skip
