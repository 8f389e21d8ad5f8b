"""What ``exportreport validate`` judges with, and the results of its inputs: document by document, or by units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.batch.inputs import Source
    from exportreport.batch.journal import Journal
    from exportreport.cli.interruption import Interruption
    from exportreport.cli.outputs import Target
    from exportreport.cli.progress import Progress
    from exportreport.pipeline import Settings
    from exportreport.result.record import Result
    from exportreport.result.run import Run
    from exportreport.rules.outcomes import Outcomes

    Named = tuple[str, Result]


def settings_of(targets: list[Target], chosen: dict[str, Any]) -> Settings:
    """What is asked of the judging by the options and by the forms of the result."""
    from exportreport.finding import Severity
    from exportreport.pipeline import Settings
    from exportreport.result.forms import FORMS

    forms = [FORMS[target.form] for target in targets]
    contexts = [form.context for form in forms if form.context is not None]
    return Settings(
        limits=options.limits_of(chosen),
        max_findings=chosen["max_findings"],
        min_severity=Severity(chosen["min_severity"]),
        digests=any(form.digests for form in forms),
        excerpts=None if chosen["redact"] else max(contexts, default=None),
        as_of=chosen["as_of"],
        profiles=chosen["profile"],
        documents=_wants_documents(targets),
    )


class Way(NamedTuple):
    """How a run goes."""

    settings: Settings
    jobs: int
    journal: Journal | None
    progress: Progress
    interruption: Interruption

    @property
    def has_units(self) -> bool:
        """Whether the inputs are cut into units; else document follows document."""
        return self.jobs > 1 or self.journal is not None


def judged(
    inputs: Iterable[Source], run: Run, targets: list[Target], way: Way
) -> tuple[Iterator[Named], Callable[[], Outcomes]]:
    """The results of all inputs as they are found, and what the rules came to until now."""
    if way.has_units:
        return _by_units(inputs, run, targets, way)
    from exportreport.batch.reading import results_of
    from exportreport.rules.evaluation import Rules

    settings = way.settings
    rules = Rules(run.standard, settings.as_of, settings.profiles)
    digests = run.digests if _wants_documents(targets) else None
    each = (results_of(source, run.standard, settings, rules, digests) for source in inputs)
    return _redacted(chain.from_iterable(each), run), lambda: rules.outcomes


def _by_units(
    inputs: Iterable[Source], run: Run, targets: list[Target], way: Way
) -> tuple[Iterator[Named], Callable[[], Outcomes]]:
    from exportreport.batch.judging import Task
    from exportreport.batch.run import Course, results

    documents = _wants_documents(targets)
    task = Task(way.settings, documents, received=documents, redacted=run.explain if run.redacted else None)
    digests = {} if run.digests is None else run.digests
    course = Course(digests=digests, stopped=way.interruption.is_asked, done=way.progress.add, journal=way.journal)
    return results(inputs, run.standard, task, course, way.jobs), lambda: course.outcomes


def _wants_documents(targets: list[Target]) -> bool:
    """Whether a form answers the sender, who wants to know which documents and which bytes are meant."""
    from exportreport.result.forms import FORMS

    return any(FORMS[target.form].documents for target in targets)


def _redacted(results: Iterator[Named], run: Run) -> Iterator[Named]:
    """The results without what they quote, where that is wanted."""
    if not run.redacted:
        return results
    from exportreport.result.redaction import redactor

    redact = redactor(run.standard, run.explain)
    return ((name, redact(result)) for name, result in results)


def counted(results: Iterator[Named], run: Run) -> Iterator[Named]:
    """The results as they go by, counted in the run's tally; the digest of an input is forgotten when all is said."""
    last = None
    for name, result in results:
        run.tally.add(result)
        yield name, result
        if name != last:
            if run.digests:
                run.digests.pop(last or "", None)
            last = name
