"""The patterns of ``matches()``: what Python, RE2, ECMAScript and XPath read in the same way, and none reads slowly."""

from __future__ import annotations

import re

from exportreport.build.cel.error import CelError
from exportreport.build.patterns.linear import slow
from exportreport.build.patterns.syntax import PatternError

_SPECIAL = r"\|.?*+(){}[]^$"
_MOST = 1000
_COUNT = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")


def check_pattern(pattern: str, at: int) -> None:
    """Nothing when ``pattern``, whose first character stands at ``at``, is one of the subset; else `CelError`."""
    _Pattern(pattern, at).check()


class _Pattern:
    def __init__(self, text: str, at: int) -> None:
        self.text, self.start, self.next = text, at, 1

    def check(self) -> None:
        text = self.text
        if len(text) < 2 or text[0] != "^" or text[-1] != "$" or text[-2:] == r"\$":
            self.next = 0
            raise self.refused("a pattern stands for the whole text", "write '^...$'; for a part of a text contains()")
        for place, character in enumerate(text):
            if not " " <= character <= "~":
                self.next = place
                raise self.refused(
                    f"{character!r} is not an ASCII character", "engines fold others differently: leave it out"
                )
        self.alternatives(inside=False)
        self.check_time()

    def check_time(self) -> None:
        try:
            found = slow(self.text)
        except PatternError as error:
            self.next = error.at
            raise self.refused(str(error), "give it smaller counts") from error
        if found is not None:
            self.next = found.at
            raise self.refused(found.message, found.hint)

    @property
    def seen(self) -> str:
        return "" if self.next >= len(self.text) - 1 else self.text[self.next]

    def alternatives(self, *, inside: bool) -> None:
        end = ("", "|", ")") if inside else ("", "|")
        self.branch(end, whole=not inside)
        while self.seen == "|":
            if not inside:
                raise self.refused(
                    "this | would divide the ^ from the $", "put the alternatives in parentheses: '^(a|b)$'"
                )
            self.next += 1
            self.branch(end)

    def branch(self, end: tuple[str, ...], *, whole: bool = False) -> None:
        first = self.next
        while self.seen not in end:
            self.atom()
            self.quantifier()
        if self.next == first and not (whole and not self.seen):
            raise self.refused("an alternative is empty", "write (...)? around what may be missing")

    def atom(self) -> None:
        character = self.seen
        if character == "(":
            self.group()
        elif character == "[":
            self.characters()
        elif character == "\\":
            self.escape(_SPECIAL)
        elif character == ".":
            raise self.refused("a . admits what nobody listed", r"list the characters: [A-Za-z0-9]; a dot itself is \.")
        elif character in _SPECIAL:
            raise self.refused(f"{character!r} has nothing to belong to", f"write \\{character} for the character")
        else:
            self.next += 1

    def group(self) -> None:
        self.next += 1
        if self.seen == "?":
            raise self.refused("flags and look-around are outside the subset", "write a plain group: (...)")
        self.alternatives(inside=True)
        if self.seen != ")":
            raise self.refused("a group is not closed", "end it with )")
        self.next += 1

    def escape(self, allowed: str) -> None:
        self.next += 1
        if not self.seen or self.seen not in allowed:
            self.next -= 1
            raise self.refused(
                f"{self.text[self.next : self.next + 2]!r} does not mean the same in all engines",
                "list the characters: [0-9] for digits, [A-Za-z] for letters",
            )
        self.next += 1

    def characters(self) -> None:
        self.next += 1
        if self.seen == "^":
            raise self.refused("a negated class admits what nobody listed", "list the characters that are allowed")
        first = self.next
        while self.seen != "]":
            self.class_member(first)
        if self.next == first:
            raise self.refused("a class of no characters", "list the characters that are allowed")
        self.next += 1

    def class_member(self, first: int) -> None:
        character = self.seen
        if not character:
            raise self.refused("a class is not closed", "end it with ]")
        if character == "\\":
            self.escape(_SPECIAL + "-")
            return
        if character in "[^" or (character == "-" and self.next != first and self.text[self.next + 1] != "]"):
            raise self.refused(f"{character!r} is not read alike within a class", f"write \\{character}")
        if character in "&~|" and self.text[self.next + 1] == character:
            raise self.refused(
                f"{2 * character!r} is an operator of classes in some engines", "name the character once"
            )
        self.next += 1
        if self.seen == "-" and self.text[self.next + 1] != "]":
            self.range(character)

    def range(self, low: str) -> None:
        high = self.text[self.next + 1]
        kinds = (("0", "9"), ("a", "z"), ("A", "Z"))
        if not any(a <= low <= high <= z for a, z in kinds):
            raise self.refused(f"{low}-{high} is no range of digits or letters", r"write \- for the character -")
        self.next += 2

    def quantifier(self) -> None:
        if self.seen == "{":
            self.counted()
        elif self.seen and self.seen in "?*+":
            self.next += 1
        else:
            return
        if self.seen and self.seen in "?*+{":
            raise self.refused(
                "lazy, possessive and doubled quantifiers are outside the subset", "write one quantifier"
            )

    def counted(self) -> None:
        found = _COUNT.match(self.text, self.next)
        if not found:
            raise self.refused("this is no count", r"write {3}, {1,3} or {1,}, or \{ for the character")
        low, high = int(found[1]), int(found[3] or found[1])
        if not low <= high <= _MOST or high == 0:
            raise self.refused(f"{found[0]} is no range of counts up to {_MOST}", "write the smaller number first")
        self.next = found.end()

    def refused(self, message: str, hint: str) -> CelError:
        return CelError(f"in the pattern: {message}", self.start + self.next, hint)
