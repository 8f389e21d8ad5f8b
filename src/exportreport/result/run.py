"""What a writer of results is told of the run: versions, options, and counts that are complete at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from exportreport.finding import Fault, Severity
from exportreport.result.record import Tally
from exportreport.standard import Standard

#: Gives the published words of finding codes.
Explain = Callable[[Iterable[str]], Mapping[str, Fault]]


class RuleCount(NamedTuple):
    """How often one rule passed, failed, did not apply, was not run (broken structure), or broke (our fault)."""

    passed: int = 0
    failed: int = 0
    not_applicable: int = 0
    not_run: int = 0
    broke: int = 0

    @property
    def outcome(self) -> str:
        """The gravest of its outcomes, by name; that it did not apply counts only where it never did."""
        return next((name for name in _GRAVEST_FIRST if getattr(self, name)), "not_applicable")


_GRAVEST_FIRST = ("broke", "failed", "not_run", "passed")


class Checked(NamedTuple):
    """What the rules of a run came to.

    ``unchecked`` counts, for each code list, the values that it could not judge: those of a day or a depth for which
    it is not complete.
    """

    rules: Mapping[str, RuleCount] = MappingProxyType({})
    unchecked: Mapping[str, int] = MappingProxyType({})


class Pins(NamedTuple):
    """The digests of what a run judged by, beside the model's, which the standard carries."""

    rules_digest: str | None = None
    codelists_digest: str | None = None


class Look(NamedTuple):
    """How text is to look: ``width`` is that of the terminal, None where nothing is to be wrapped."""

    color: bool = False
    width: int | None = None
    quiet: bool = False


class Run(NamedTuple):
    """The run whose results are written.

    ``tally``, ``checked`` and ``digests`` (of the bytes of whole inputs, by name) are filled while the results go by;
    None where nobody asks for digests.
    ``as_of`` and ``profiles`` are those that were asked for; a document says which were used for it. ``reported_at``
    is the moment that acknowledgements state. Of results that are ``redacted`` the findings already are. Whether the
    run was ``interrupted``, so that there are documents that were not judged, is known at the end.
    """

    standard: Standard
    tally: Tally
    explain: Explain
    checked: Callable[[], Checked] = Checked
    pins: Callable[[], Pins] = Pins
    digests: dict[str, str] | None = None
    as_of: str | None = None
    profiles: tuple[str, ...] = ()
    min_severity: Severity = Severity.INFO
    redacted: bool = False
    reported_at: str = ""
    look: Look = Look()
    interrupted: Callable[[], bool] = lambda: False
