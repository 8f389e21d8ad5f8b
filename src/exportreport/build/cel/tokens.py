"""The text of an expression cut into tokens; what CEL has and the subset has not is refused by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from exportreport.build.cel.error import CelError


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text as it is written, and where it begins."""

    kind: Literal["integer", "text", "name", "operator", "end"]
    text: str
    at: int


_BLANK = re.compile(r"(?:\s+|//[^\n]*)+")

_TOKEN = re.compile(
    r"(?P<integer>[0-9]+(?![0-9A-Za-z_.]))"
    r"""|(?P<text>[rR]?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))"""
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}])"
)

#: What is no token of ours: how it begins, what it is, what to write instead.
_REFUSED = tuple(
    (re.compile(begins), message, hint)
    for begins, message, hint in (
        (
            r"[rRbB]{0,2}(?:'''|\"\"\")",
            "texts in three quotation marks are outside the subset",
            "write the text in single quotation marks: 'text'",
        ),
        (r"[bB][rR]?['\"]|[rR][bB]['\"]", "bytes are outside the subset", "write a text, without the b: 'text'"),
        (r"0[xX]", "hexadecimal numbers are outside the subset", "write the number with decimal digits"),
        (r"[0-9]+[uU]", "unsigned numbers are outside the subset", "write the number without the u"),
        (
            r"[0-9]*\.[0-9]|[0-9]+[eE.]",
            "floating-point numbers are outside the subset: engines round them differently",
            "write a decimal as text and compare it with compare(x, '0.5')",
        ),
        (r"[0-9]", "this is neither a number nor a name", "put a blank or an operator between the two"),
        (r"[rR]?['\"]", "the text is not closed", "end it on the same line with the quotation mark it begins with"),
        (r"=", "a single = is no operator", "write == to compare"),
        (r"&", "a single & is no operator", "write && for and"),
        (r"\|", "a single | is no operator", "write || for or"),
        (r"`", "quoted names are outside the subset", "write the slot's name as it is"),
    )
)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text``, the last one of kind ``end``; blanks and comments (``// ...``) are left out."""
    at = _after_blank(text, 0)
    while at < len(text):
        found = None if _is_refused(text, at) else _TOKEN.match(text, at)
        if found is None:
            raise _refusal(text, at)
        yield Token(found.lastgroup, found.group(), at)  # type: ignore[arg-type]
        at = _after_blank(text, found.end())
    yield Token("end", "", len(text))


def _after_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _is_refused(text: str, at: int) -> bool:
    """Whether a token of ours that begins here would hide a form that is refused."""
    return any(begins.match(text, at) for begins, _, _ in _REFUSED[:2])


def _refusal(text: str, at: int) -> CelError:
    for begins, message, hint in _REFUSED:
        if begins.match(text, at):
            return CelError(message, at, hint)
    return CelError(f"{text[at]!r} has no meaning here", at, "take it out, or put it between quotation marks")
