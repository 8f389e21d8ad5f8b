"""``exportreport explain``: what a finding means, why it matters and what to do, with an example."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from exportreport.cli.published import Record
    from exportreport.finding import Fault
    from exportreport.standard import Standard

#: What says a finding that is no rule's, by the beginning of its code.
_SAID_BY = {
    "ER-D": "said while the file is read",
    "ER-S": "said of the structure of a report",
    "ER-C": "said of codes that are not on their list",
    "ER-R": "said when a rule fails to run",
    "ER-K": "said while a national list is converted",
}


@click.command("explain")
@click.argument("code", metavar="CODE")
@click.option(
    "--syntax",
    type=click.Choice(["json", "xml"]),
    default="json",
    show_default=True,
    help="The syntax of the examples.",
)
def command(code: str, syntax: str) -> None:
    """Explain a finding by its CODE: what is wrong, why it matters, what to do, and an example.

    CODE is one that `validate` or `convert` has shown, such as ER-S-020.
    """
    from exportreport import standard
    from exportreport.cli import published
    from exportreport.cli.codes import meant

    rules, faults = published.rules(), _faults()
    wanted = meant(code, [*rules, *faults], "code")
    lines = _of_rule(rules[wanted], syntax, standard.load()) if wanted in rules else _of_fault(faults[wanted], syntax)
    for line in lines:
        click.echo(line)


def _faults() -> dict[str, Fault]:
    from exportreport.conversion.faults import FAULTS as CONVERSION
    from exportreport.explaining import FAULTS

    return {**FAULTS, **CONVERSION}


def _of_rule(rule: Record, syntax: str, known: Standard) -> Iterator[str]:
    from exportreport.cli import rule_words
    from exportreport.cli.published import profile_of, profiles

    owner = profile_of(rule["code"], profiles())
    said_by = f"a rule of the profile {owner['id']} ({owner['title']})" if owner else "a rule for all reports"
    yield from _head(rule["code"], rule["severity"], rule["title"], said_by)
    yield from _words({**rule, "basis": "\n".join(rule.get("basis", ()))})
    for expect, words in (("fail", "This gives the finding"), ("pass", "This does not")):
        case = rule_words.case_for(rule, expect)
        yield from _example(f"{words} ({case['name']}):", rule_words.example(rule, case, syntax, known))
    yield from ("", f"All expressions and cases: exportreport rules show {rule['code']}")


def _of_fault(fault: Fault, syntax: str) -> Iterator[str]:
    yield from _head(fault.code, fault.severity, fault.title, _SAID_BY[fault.code[:4]])
    yield from _words({"reason": fault.reason, "resolution": fault.resolution})
    found = _examples()[fault.code]
    if "words" in found:
        yield from _example("For example:", "\n".join(_wrapped(found["words"])))
        return
    for member, words in (("bad", "This gives the finding"), ("good", "This does not")):
        said, text = _snippet(found, member, syntax)
        yield from _example(f"{words}{said}:", text)


def _head(code: str, severity: str, title: str, said_by: str) -> Iterator[str]:
    yield f"{code}  {title}"
    yield f"{severity}, {said_by}"
    yield ""


def _words(told: Mapping[str, Any]) -> Iterator[str]:
    from exportreport.cli.rule_words import labeled

    labels = (("reason", "Why"), ("resolution", "What to do"), ("basis", "Basis"), ("note", "Note"))
    for member, label in labels:
        if told.get(member):
            yield from labeled(label, told[member])


def _wrapped(text: str) -> list[str]:
    from exportreport.cli.rule_words import wrapped

    return wrapped(text)


def _example(words: str, text: str) -> Iterator[str]:
    yield from ("", words, *(f"  {line}" for line in text.splitlines()))


def _examples() -> dict[str, dict[str, Any]]:
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files("exportreport.cli").joinpath("examples.toml").read_text(encoding="utf-8"))


def _snippet(found: Mapping[str, Any], member: str, syntax: str) -> tuple[str, str]:
    """The example and, where it is not in the syntax asked for, a word that says what it is in."""
    if found.get("source"):
        return " (a cell or row of a national list)", found[member]
    in_json, in_xml = found.get(member), found.get(f"{member}_xml")
    if syntax == "xml":
        in_xml = in_xml or _as_xml(in_json or "")
        return ("", in_xml) if in_xml else (" (in JSON only)", str(in_json))
    return ("", in_json) if in_json else (" (in XML only)", str(in_xml))


def _as_xml(members: str) -> str | None:
    """The members of a report, written as JSON, in XML; None where that cannot be."""
    from exportreport import standard
    from exportreport.codec.xml_writing import part

    try:
        whole = part("DenialNotice", json.loads("{" + members + "}"), standard.load())
    except ValueError:
        return None
    lines = whole.splitlines()[1:-1]
    return "\n".join(line.removeprefix("  ") for line in lines)


__all__ = ["command"]
