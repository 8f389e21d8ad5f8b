"""What the validator says about one place of a document: the vocabulary of every other room."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How grave a finding is.

    ``fatal``: the document could not be judged at all; ``error``: it breaks the standard; ``warning`` and
    ``info`` do not change the verdict from accepted to rejected.
    """

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """The judgment on a document: the values of the model's enum ``Verdict`` that a validator gives."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


class Fault(NamedTuple):
    """One kind of finding, as published: its stable code, its words and its consequence.

    ``message`` is a sentence with named places in braces, filled in when the finding is made. ``verdict`` is what
    a document with such a finding gets at best. ``basis`` names the law, and ``note`` says what is believed only.
    """

    code: str
    severity: Severity
    title: str
    message: str
    reason: str
    resolution: str
    verdict: Verdict = Verdict.REJECTED
    basis: tuple[str, ...] = ()
    note: str | None = None


#: A place in a document: member names and list indexes from its root. The empty path is the whole document.
Path = tuple[str | int, ...]


class Position(NamedTuple):
    """A place in a text: line and column from 1, in code points; LF, CRLF and CR end a line."""

    line: int
    column: int


class SourceLine(NamedTuple):
    """A line of a file, or so much of it as is shown: ``text`` begins at the column ``start``.

    ``cut`` says that the line goes on after it. Nothing in it is escaped.
    """

    number: int
    text: str
    start: int = 1
    cut: bool = False


class Finding(NamedTuple):
    """One thing that is wrong or worth saying, where it is, and what was found there.

    ``path`` names the place in the document and ``on_name`` says that the member's name is meant, not its value.
    ``element`` is the number, from 0 in document order, of the XML start tag meant, where the path cannot say it.
    ``offset`` is the place in the decoded text, in code points, where neither can. The position is filled in
    afterwards, and only where there is a finding. ``caused_by`` is the code of the finding that this one follows from.
    ``excerpt`` holds the lines of the file around the position, where a result is to show them.
    """

    finding_code: str
    severity: Severity
    message: str
    path: Path | None = None
    value: str | None = None
    model_path: str | None = None
    on_name: bool = False
    element: int | None = None
    offset: int | None = None
    xpath: str | None = None
    position: Position | None = None
    caused_by: str | None = None
    excerpt: tuple[SourceLine, ...] = ()

    def at(self, position: Position) -> Finding:
        """The same finding at ``position``; quicker than ``_replace``, and each finding is placed once."""
        return Finding._make((*self[:_POSITION], position, *self[_POSITION + 1 :]))

    @property
    def pointer(self) -> str | None:
        """The JSON Pointer (RFC 6901) of the place; None for the whole document."""
        return pointer(self.path) if self.path else None


def pointer(path: Sequence[str | int]) -> str:
    """The JSON Pointer (RFC 6901) that names ``path``; the empty text for the whole document."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def make(
    fault: Fault, path: Path | None = None, *, value: Any = None, name: Any = None, model_path: Any = None,
    **details: Any,
) -> Finding:  # fmt: skip
    """The finding that says ``fault`` of ``path``.

    ``value``, ``name`` and ``details`` fill the places of the fault's message; those that are fields of a finding are
    kept in it, too. ``value`` and ``name`` come from the document: they are cut, and made visible where they hide
    something.
    """
    fields = {} if _OTHER_FIELDS.isdisjoint(details) else {f: details[f] for f in _OTHER_FIELDS if f in details}
    details["value"] = "None" if value is None else shown(str(value))
    if name is not None:
        details["name"] = shown(str(name))
    message = fault.message.format_map(details)
    return Finding(fault.code, fault.severity, message, path, value, model_path, **fields)


_OTHER_FIELDS = frozenset({"on_name", "element", "offset", "xpath", "position", "caused_by"})
_POSITION = Finding._fields.index("position")

_SHOWN = 64


def shown(text: str) -> str:
    """``text`` fit to be quoted in a message: made `visible`, cut after 64 characters."""
    return visible(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def visible(text: str) -> str:
    """``text`` with control characters, invisible ones and halves of characters written as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
