"""``exportreport validate``: the verdict on each document of the inputs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.batch.inputs import Source
    from exportreport.batch.journal import Journal
    from exportreport.cli.interruption import Interruption
    from exportreport.cli.outputs import Target
    from exportreport.cli.progress import Progress
    from exportreport.finding import Fault
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
    "exportreport: one of the processes was ended from outside ({how}), most often because memory ran out. The result "
    "is not complete; no file was written. {advice}"
)
_FEWER = "Run again with fewer processes (--jobs 1 needs the least memory)."
_AGAIN = "Run the same command again, with fewer processes if need be (--jobs 1): it goes on where it was."


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
@options.checkpoint
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

    Exit status: 0 accepted, 1 rejected, 2 wrong use, 3 unreadable, 4 not decidable, 70 internal error, 130 interrupted.
    """
    from exportreport.cli import outputs
    from exportreport.cli.interruption import Interruption

    targets = outputs.targets(form, output, chosen["save"])
    if files.count("-") > 1:
        raise click.UsageError("Standard input can be read once only.")
    for name in files:
        outputs.refuse_collisions(name, *(target.path for target in targets), chosen["checkpoint"])
    with Interruption() as interruption:
        run = _validated(files, targets, interruption, chosen)
    if chosen["verbose"]:
        _say_totals(run)
    if interruption.cut:
        _say_interrupted(run, targets, chosen)
        sys.exit(interruption.status)
    sys.exit(_exit_status(run, chosen["fail_on"]))


def _validated(
    files: tuple[str, ...], targets: list[Target], interruption: Interruption, chosen: dict[str, Any]
) -> Run:
    """The run, when all is written."""
    from exportreport.batch.inputs import sources
    from exportreport.cli.engine_import import import_engine
    from exportreport.cli.judging import Way, counted, judged, settings_of
    from exportreport.cli.progress import Progress

    progress = Progress(_total(files), chosen["quiet"])
    inputs = sources(files, lambda stream: progress.over(interruption.over(stream)))
    begin = list(islice(inputs, 2))
    if not begin:
        raise _NOTHING
    _refuse_several(begin, targets)
    import_engine()
    run = _run(chosen)._replace(interrupted=lambda: interruption.cut)
    with ExitStack() as stack:
        journal = _journal(files, targets, run, chosen)
        if journal:
            stack.callback(journal.close)
            run = run._replace(reported_at=journal.notes["reported_at"])
        way = Way(settings_of(targets, chosen), chosen["jobs"], journal, progress, interruption)
        results, outcomes = judged(chain(begin, inputs), run, targets, way)
        run = run._replace(checked=lambda: _checked(outcomes()))
        stack.enter_context(progress)
        _write(interruption.until(counted(results, run), anywhere=not way.has_units), targets, run, progress, chosen)
        if journal and not interruption.cut:
            journal.remove()
    return run


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


def _run(chosen: dict[str, Any]) -> Run:
    from exportreport import standard
    from exportreport.cli.pins import pins
    from exportreport.finding import Severity
    from exportreport.result.record import Tally
    from exportreport.result.run import Run

    return Run(
        standard.load(),
        Tally(),
        _faults_of,
        pins=pins,
        digests={},
        as_of=chosen["as_of"],
        profiles=chosen["profile"],
        min_severity=Severity(chosen["min_severity"]),
        redacted=chosen["redact"],
        reported_at=chosen["reported_at"] or options.now(),
    )


def _faults_of(codes: Iterable[str]) -> Mapping[str, Fault]:
    """The published words of ``codes``, which are loaded where there are any."""
    if not codes:
        return {}
    from exportreport.explaining import faults_of

    return faults_of(codes)


def _checked(outcomes: Outcomes) -> Checked:
    from exportreport.result.run import Checked, RuleCount

    counts = {code: RuleCount(*said) for code, said in outcomes.rules().items()}
    return Checked(counts, outcomes.codes.unchecked)


def _journal(files: tuple[str, ...], targets: list[Target], run: Run, chosen: dict[str, Any]) -> Journal | None:
    if not chosen["checkpoint"]:
        return None
    from exportreport.cli import checkpoint

    return checkpoint.journal(files, targets, run, chosen)


def _write(
    results: Iterator[Named], targets: list[Target], run: Run, progress: Progress, chosen: dict[str, Any]
) -> None:
    from exportreport.batch.endings import CheckpointError, LostProcessError
    from exportreport.cli import outputs
    from exportreport.result.forms import NothingReceivedError, together

    if any(target.form == "acknowledgement-xml" for target in targets):
        results = _of_one_file(results)
    runs = [(target.form, run._replace(look=options.look(target, chosen))) for target in targets]
    manner = outputs.Manner(chosen["force"], run.interrupted, kept=bool(chosen["checkpoint"]))
    try:
        pieces = progress.between(together(results, runs), _terminal(targets))
        outputs.write_all(pieces, targets, manner)
    except LostProcessError as error:
        click.echo(_LOST.format(how=error.how, advice=_AGAIN if chosen["checkpoint"] else _FEWER), err=True)
        sys.exit(70)
    except CheckpointError as error:
        raise click.UsageError("\n".join(error.args)) from None
    except NothingReceivedError:
        if run.interrupted():
            return
        click.echo("There is nothing to acknowledge: no input could be opened. Nothing was written.", err=True)
        sys.exit(3)


def _terminal(targets: list[Target]) -> int | None:
    """Which of the ``targets`` is shown to a person as it is written."""
    return next((n for n, target in enumerate(targets) if target.path is None and sys.stdout.isatty()), None)


def _say_totals(run: Run) -> None:
    from exportreport.result import text

    for line in text.rule_totals(run.checked()):
        click.echo(line, err=True)


def _say_interrupted(run: Run, targets: list[Target], chosen: dict[str, Any]) -> None:
    """One line: how much was judged, where it is, and how to go on."""
    from exportreport.cli.outputs import partial
    from exportreport.finding import visible

    count = run.tally.documents
    judged = f"{count:,} document{'' if count == 1 else 's'}"
    paths = [partial(target.path) for target in targets if target.path]
    places = ", ".join(visible(str(path)) for path in paths if path.exists())
    written = f" What was found in them is in {places}." if places else ""
    again = " Run the same command again to go on where it was." if chosen["checkpoint"] else ""
    click.echo(f"exportreport: interrupted after {judged}.{written}{again}", err=True)


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
