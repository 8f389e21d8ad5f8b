"""The published words of every finding code that a validation can give, and the profiles there are."""

from __future__ import annotations

from collections.abc import Iterable

from exportreport.codec.faults import FAULTS as DECODING
from exportreport.finding import Fault
from exportreport.rules import catalogue
from exportreport.rules.faults import FAULTS as RULES
from exportreport.rules.membership_faults import FAULTS as MEMBERSHIP
from exportreport.structure.faults import FAULTS as STRUCTURE

#: What a validation can say, apart from what the rules demand.
FAULTS = {**DECODING, **STRUCTURE, **MEMBERSHIP, **RULES}


def faults_of(codes: Iterable[str]) -> dict[str, Fault]:
    """The faults with these ``codes``, by code, in their order."""
    wanted = sorted(codes)
    known = FAULTS
    if not known.keys() >= set(wanted):
        known = known | {code: rule.fault for code, rule in catalogue.rules().items()}
    return {code: known[code] for code in wanted}


def profile_ids() -> tuple[str, ...]:
    """The ids of all profiles."""
    return tuple(catalogue.profiles())
