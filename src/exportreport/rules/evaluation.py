"""Runs the rules over messages whose structure is sound: objects in, failures out, findings made of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from exportreport.finding import Finding, Path
from exportreport.rules.catalogue import Profile, profiles
from exportreport.rules.membership import Membership
from exportreport.rules.outcomes import Outcomes
from exportreport.rules.sets import BASE, Failure, RuleSet, rule_set
from exportreport.standard import Standard

#: Where the parts of a message are named that are broken, the indexes of reports stand for reports of a Submission,
#: and these for the message apart from its reports, and for all of it.
WHOLE, ALL = -1, -2

_SUBMISSION = "Submission"
_ANSWER = "Acknowledgement"

Object = dict[str, Any]


class Judged(NamedTuple):
    """What the rules said of a message, the day for which they were asked, and the profiles that were used.

    Where no rule was run there is no day.
    """

    findings: list[Finding]
    as_of: str | None = None
    profiles: tuple[str, ...] = ()


def part_of(path: Path | None, kind: str) -> int:
    """Which part of a message of ``kind`` cannot be judged when its structure is broken at ``path``."""
    if path is None or kind != _SUBMISSION or path == ("reports",):
        return ALL
    index = path[1] if path[:1] == ("reports",) else WHOLE
    return index if isinstance(index, int) else ALL


class Rules:
    """The rules at hand for a run.

    ``as_of`` (a day) beats what the messages say; ``asked`` are profiles used besides those that a report names. What
    each rule comes to is counted for the whole run.
    """

    __slots__ = ("_as_of", "_asked", "_base", "_is_day", "_membership", "_outcomes", "_standard")

    def __init__(self, standard: Standard, as_of: str | None = None, asked: Iterable[str] = ()) -> None:
        self._standard, self._as_of, self._asked = standard, as_of, tuple(asked)
        self._base, self._membership = rule_set(BASE), Membership(standard)
        self._outcomes = Outcomes()
        self._is_day = re.compile(standard.types["Date"].pattern or "").fullmatch

    @property
    def outcomes(self) -> Outcomes:
        """What each rule came to until now."""
        self._outcomes.codes = self._membership.close()
        return self._outcomes

    def taken(self) -> Outcomes:
        """What each rule came to since this was asked last; the count begins anew."""
        taken, self._outcomes = self._outcomes, Outcomes()
        taken.codes = self._membership.taken()
        return taken

    def judge(self, message: Object, kind: str, broken: Collection[int] = ()) -> Judged:
        """What the rules say of ``message``, which is of ``kind``, apart from its ``broken`` parts (`part_of`).

        For those no rule is run, which is counted.
        """
        if kind == _SUBMISSION:
            return self._judge_parts(message, broken)
        if broken:
            self.keep_back(message)
            return Judged([])
        day = self._as_of or message.get("as_of") or message["reported_at"][:10]  # sound, so these are days
        return self._judge(message, kind, (), day)

    def _judge_parts(self, submission: Object, broken: Collection[int]) -> Judged:
        day = self._day(submission, None)
        findings, used = [], dict[str, None]()
        if broken:  # what the envelope demands of its reports is proven for sound ones alone
            self.keep_back(submission)
        else:
            findings += self._judge(submission, _SUBMISSION, (), day).findings
        reports = submission.get("reports")
        for index, report in enumerate(reports if isinstance(reports, list) else ()):
            if ALL in broken or index in broken:
                self.keep_back(report)
                continue
            judged = self.judge_report(report, index, submission)
            findings += judged.findings
            used.update(dict.fromkeys(judged.profiles))
        return Judged(findings, day or None, tuple(used))

    def alike(self) -> Rules:
        """Rules that judge as these do, and count for themselves."""
        made = Rules(self._standard, self._as_of, self._asked)
        made._outcomes.of(self._base)
        return made

    def add(self, others: Rules) -> None:
        """Count what ``others`` counted as well."""
        counted = others.outcomes
        self._outcomes.merge(counted)
        self._membership.counts.add(counted.codes)

    def read_of_reports(self) -> tuple[str, ...] | None:
        """What the rules of a Submission read of each of its reports; None where it is more than can be kept."""
        return self._base.kept[_SUBMISSION]

    def day_of(self, message: Object) -> str:
        """The day for which ``message`` is judged when it stands alone; "" where it has none."""
        return self._day(message, None)

    def judge_envelope(self, submission: Object) -> Judged:
        """What the rules say of a Submission apart from its reports, of which it may hold `read_of_reports` alone."""
        return self._judge(submission, _SUBMISSION, (), self._day(submission, None))

    def judge_report(self, report: Object, index: int, envelope: Object) -> Judged:
        """What the rules say of the report with this ``index`` in a Submission that says ``envelope``."""
        day = self._day(report, envelope.get("as_of"))
        return self._judge(report, report["report_type"], ("reports", index), day)

    def keep_back(self, message: Any) -> None:
        """Count that no rule was run for ``message``, whose structure is broken."""
        kind = message.get("report_type") if isinstance(message, dict) else None
        if not isinstance(kind, str) or kind not in self._base.possible:
            return
        named = message.get("profiles")
        texts = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
        for rules in (self._base, *(rule_set(profile.id) for profile in self._wanted(texts))):
            self._outcomes.of(rules).not_run[kind] += 1

    def _judge(self, message: Object, kind: str, place: Path, day: str) -> Judged:
        failed: list[tuple[RuleSet, list[Failure]]] = []
        applied: list[Profile] = []
        for rules, profile in self._sets(message, kind):
            if profile is not None:
                if not (profile.covers(day) and rules.applies(message, day)):
                    self._outcomes.of(rules).set_aside[kind] += 1
                    continue
                applied.append(profile)
            failures: list[Failure] = []
            rules.check(message, kind, day, self._outcomes.of(rules).counters, failures)
            if failures:
                self._count(rules, failures)
                failed.append((rules, failures))
        findings = [
            finding._replace(path=(*place, *(finding.path or ())))
            for finding in self._membership.check(message, kind, day)
        ]
        if failed:
            from exportreport.rules.findings import Context, findings_of

            findings += findings_of(failed, Context(message, kind, place, day, applied))
        return Judged(findings, day, tuple(profile.id for profile in applied))

    def _sets(self, message: Object, kind: str) -> Iterator[tuple[RuleSet, Profile | None]]:
        yield self._base, None
        if kind in (_SUBMISSION, _ANSWER):
            return
        named = message.get("profiles", ())
        if named or self._asked:
            for profile in self._wanted(named):
                yield rule_set(profile.id), profile

    def _wanted(self, named: Iterable[str]) -> Iterator[Profile]:
        """The profiles that are used, each once; those that do not exist are left to the list of profiles."""
        wanted = dict.fromkeys((*named, *self._asked))
        if wanted:
            known = profiles()
            yield from (known[name] for name in wanted if name in known)

    def _count(self, rules: RuleSet, failures: list[Failure]) -> None:
        outcomes = self._outcomes.of(rules)
        for number, _, cause in failures:
            (outcomes.failed if cause is None else outcomes.broke)[number] += 1

    def _day(self, message: Object, given: Any) -> str:
        """The day for which a message is judged: the run's, its own, its envelope's, or that of its making.

        What a broken envelope gives instead of a day is passed over; "" where no day is left.
        """
        if self._as_of:
            return self._as_of
        moment = message.get("reported_at")
        made = moment[:10] if isinstance(moment, str) else None
        for day in (message.get("as_of"), given, made):
            if isinstance(day, str) and self._is_day(day):
                return day
        return ""
