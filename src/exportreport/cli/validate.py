"""``exportreport validate``: the verdict on each document of the inputs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.batch.inputs import Source
    from exportreport.cli.outputs import Target
    from exportreport.pipeline import Settings
    from exportreport.result.record import Result
    from exportreport.result.run import Checked, Run
    from exportreport.rules.outcomes import Outcomes

    Named = tuple[str, Result]


_SEVERAL = click.UsageError(
    "An acknowledgement answers one file, and XML holds one message; check the files one by one, "
    "or write them as acknowledgement-json."
)
_NOTHING = click.UsageError(
    "There was no file to check: the folder has none. Hidden files and links in it are left out; "
    "name them to check them."
)
_LOST = (
    "exportreport: one of the processes was ended from outside ({how}), most often because memory ran out. The "
    "result is not complete; no file was written. Run again with fewer processes (--jobs 1 needs the least memory)."
)


@click.command("validate")
@options.files
@options.form
@options.save
@options.profile
@options.as_of
@options.min_severity
@options.fail_on
@options.max_findings
@options.redact
@options.reported_at
@options.jobs
@options.output
@options.force
@options.reading_limits
@options.limits
@options.color
@options.quiet
@options.verbose
def command(files: tuple[str, ...], form: str, output: str | None, **chosen: Any) -> None:
    """Check reports against the standard.

    FILE is a file, a folder (hidden files and links in it are left out), a .zip or .gz archive, or - for standard
    input. Whether it is JSON (one message, an array, or lines of JSON) or XML, packed or not, and what kind of report
    it holds, is told by its content.

    Exit status: 0 accepted, 1 rejected, 2 wrong use, 3 unreadable, 4 not decidable, 70 internal error.
    """
    from exportreport.batch.inputs import sources
    from exportreport.cli import outputs
    from exportreport.cli.progress import Progress

    targets = outputs.targets(form, output, chosen["save"])
    if files.count("-") > 1:
        raise click.UsageError("Standard input can be read once only.")
    for name in files:
        outputs.refuse_collisions(name, *(target.path for target in targets))
    progress = Progress(_total(files), chosen["quiet"])
    inputs = sources(files, progress.over)
    begin = list(islice(inputs, 2))
    if not begin:
        raise _NOTHING
    _refuse_several(begin, targets)
    settings, run = _settings(targets, chosen), _run(chosen)
    judged, outcomes = _judged(chain(begin, inputs), settings, run, targets, _jobs(chosen["jobs"]))
    run = replace(run, checked=lambda: _checked(outcomes()))
    with progress:
        _write(_counted(judged, run), targets, run, chosen)
    if chosen["verbose"]:
        _say_totals(run)
    sys.exit(_exit_status(run, chosen["fail_on"]))


def _total(files: tuple[str, ...]) -> int:
    """How many bytes there are to read; 0 where nobody would see a bar, so that nothing is looked up for it."""
    from exportreport.batch.inputs import sources
    from exportreport.cli.progress import size_of

    return size_of(source.name for source in sources(files)) if sys.stderr and sys.stderr.isatty() else 0


def _refuse_several(inputs: list[Source], targets: list[Target]) -> None:
    if len(inputs) > 1 and any(target.form == "acknowledgement-xml" for target in targets):
        raise _SEVERAL


def _of_one_file(results: Iterator[tuple[str, Result]]) -> Iterator[tuple[str, Result]]:
    """The ``results``, as long as they are of one file: an archive may hold several."""
    names = set[str]()
    for name, result in results:
        names.add(name)
        if len(names) > 1:
            raise _SEVERAL
        yield name, result


def _settings(targets: list[Target], chosen: dict[str, Any]) -> Settings:
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
    )


def _run(chosen: dict[str, Any]) -> Run:
    from exportreport import standard
    from exportreport.cli.pins import pins
    from exportreport.explaining import faults_of
    from exportreport.finding import Severity
    from exportreport.result.record import Tally
    from exportreport.result.run import Run

    return Run(
        standard.load(),
        Tally(),
        faults_of,
        pins=pins,
        digests={},
        as_of=chosen["as_of"],
        profiles=chosen["profile"],
        min_severity=Severity(chosen["min_severity"]),
        redacted=chosen["redact"],
        reported_at=chosen["reported_at"] or options.now(),
    )


def _checked(outcomes: Outcomes) -> Checked:
    from exportreport.result.run import Checked, RuleCount

    counts = {code: RuleCount(*said) for code, said in outcomes.rules().items()}
    return Checked(counts, outcomes.codes.unchecked)


def _jobs(asked: int) -> int:
    return asked or os.cpu_count() or 1


def _judged(
    inputs: Iterable[Source], settings: Settings, run: Run, targets: list[Target], jobs: int
) -> tuple[Iterator[Named], Callable[[], Outcomes]]:
    """The results of all inputs as they are found, and what the rules came to until now."""
    documents = _wants_documents(targets)
    if jobs > 1:
        from exportreport.batch.judging import Task
        from exportreport.batch.run import Course, results

        task = Task(settings, documents, received=documents, redacted=run.explain if run.redacted else None)
        course = Course(digests=run.digests)
        return results(inputs, run.standard, task, course, jobs), lambda: course.outcomes
    from exportreport.batch.reading import results_of
    from exportreport.rules.evaluation import Rules

    rules = Rules(run.standard, settings.as_of, settings.profiles)
    digests = run.digests if documents else None
    each = (results_of(source, run.standard, settings, rules, digests) for source in inputs)
    return _redacted(chain.from_iterable(each), run), lambda: rules.outcomes


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


def _counted(results: Iterator[Named], run: Run) -> Iterator[Named]:
    """The results as they go by, counted in the run's tally."""
    for name, result in results:
        run.tally.add(result)
        yield name, result


def _write(results: Iterator[tuple[str, Result]], targets: list[Target], run: Run, chosen: dict[str, Any]) -> None:
    from exportreport.batch.lost import LostProcessError
    from exportreport.cli import outputs
    from exportreport.result.forms import NothingReceivedError, together

    if any(target.form == "acknowledgement-xml" for target in targets):
        results = _of_one_file(results)
    runs = [(target.form, replace(run, look=options.look(target, chosen))) for target in targets]
    try:
        outputs.write_all(together(results, runs), targets, force=chosen["force"])
    except LostProcessError as error:
        click.echo(_LOST.format(how=error.how), err=True)
        sys.exit(70)
    except NothingReceivedError:
        click.echo("There is nothing to acknowledge: no input could be opened. Nothing was written.", err=True)
        sys.exit(3)


def _say_totals(run: Run) -> None:
    from exportreport.result import text

    for line in text.rule_totals(run.checked()):
        click.echo(line, err=True)


def _exit_status(run: Run, fail_on: str) -> int:
    from exportreport.finding import Verdict
    from exportreport.result.record import EXIT_STATUS

    verdict = run.tally.verdict
    if verdict is Verdict.REJECTED and fail_on == "never":
        return 0
    if verdict is Verdict.ACCEPTED_WITH_WARNINGS and fail_on == "warning":
        return 1
    return EXIT_STATUS[verdict]


__all__ = ["command"]
