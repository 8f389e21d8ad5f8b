"""``exportreport rules``: the catalogue of rules, listed, shown and exported."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from exportreport.cli import options

if TYPE_CHECKING:
    from exportreport.cli.published import Record
    from exportreport.standard import Standard

#: What `rules export` writes, and where it is published.
EXPORTS = {
    "json": "rules/rules.json",
    "schematron": "schematron/exportreport.sch",
    "functions": "rules/functions.json",
    "profiles": "rules/profiles.json",
}

_SEVERITIES = ("fatal", "error", "warning", "info")

_form = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the answer.",
)


@click.group("rules")
def command() -> None:
    """List, show and export the rules.

    A rule says what must be true of the parts of a report; a profile adds rules of one jurisdiction or purpose.
    `exportreport explain CODE` tells in plain words what a finding means.
    """


@command.command("list")
@click.option("--profile", metavar="ID", help="Only what this profile adds, and the rules whose severity it raises.")
@click.option("--kind", metavar="KIND", help="Only rules that can say something of a report of this kind.")
@click.option("--severity", type=click.Choice(_SEVERITIES), help="Only rules of this severity.")
@_form
def list_rules(profile: str | None, kind: str | None, severity: str | None, form: str) -> None:
    """List the rules: code, severity, what each is about, and what it demands."""
    from exportreport import standard
    from exportreport.cli import published

    known, profiles = standard.load(), published.profiles()
    chosen = _of_profile(published.rules(), profile, profiles)
    if kind is not None:
        within = _within(_kind(kind, known), known)
        chosen = {code: rule for code, rule in chosen.items() if rule["each"] in within}
    if severity is not None:
        chosen = {code: rule for code, rule in chosen.items() if rule["severity"] == severity}
    lines = _json_list(chosen, profiles) if form == "json" else _text_list(chosen)
    click.echo("\n".join(lines))


@command.command("show")
@click.argument("code", metavar="CODE")
@_form
def show_rule(code: str, form: str) -> None:
    """Show all that the record of a rule says: its expressions, words, legal basis and cases."""
    from exportreport import standard
    from exportreport.cli import published
    from exportreport.cli.codes import meant
    from exportreport.cli.rule_words import record_lines

    rules = published.rules()
    rule = rules[meant(code, rules, "rule")]
    if form == "json":
        click.echo(json.dumps(rule, ensure_ascii=False, indent=2))
        return
    click.echo(f"{rule['code']}  {rule['title']}")
    click.echo(f"{rule['severity']}, since version {rule['since']}, {_owner(rule['code'], published.profiles())}\n")
    for line in record_lines(rule, standard.load()):
        click.echo(line)


@command.command("export")
@click.option(
    "--to",
    "form",
    type=click.Choice(list(EXPORTS)),
    default="json",
    show_default=True,
    help="The records of the rules, the rules as Schematron, the functions that rules call, or the profiles.",
)
@options.output
@options.force
def export_rules(form: str, output: str | None, force: bool) -> None:
    """Write the published rules, for validators other than this one."""
    from exportreport.cli import outputs, published

    outputs.write([published.artifact(EXPORTS[form])], output, force=force)


@command.command("moved")
@_form
def moved_rules(form: str) -> None:
    """List the codes that are deprecated, renamed, merged, replaced or retired, and what to go by instead."""
    from exportreport.cli import published
    from exportreport.compat.migration import moved

    rows = list(moved(published.rules().values()))
    if form == "json":
        click.echo(json.dumps([row.record() for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row.code:<11} {row.fate} in {row.since}{f'; go by {row.instead}' if row.instead else ''}")
    click.echo(f"{len(rows)} codes changed." if rows else "No code has changed yet.")


def _of_profile(rules: dict[str, Record], profile: str | None, profiles: Mapping[str, Record]) -> dict[str, Record]:
    """All ``rules``; with a ``profile`` its own and those that it raises, with the severity that they have under it."""
    if profile is None:
        return rules
    if profile not in profiles:
        raise click.UsageError(f"There is no profile {profile}; there are {', '.join(profiles)}.")
    raises = profiles[profile].get("raises", {})
    raised = {code: {**rules[code], "severity": severity} for code, severity in raises.items()}
    return {code: rules[code] for code in profiles[profile]["rules"]} | raised


def _kind(name: str, known: Standard) -> str:
    found = {kind.lower(): kind for kind in known.kinds}.get(name.lower())
    if found is None:
        raise click.UsageError(f"There is no kind {name}; there are {', '.join(known.kinds)}.")
    return found


def _within(kind: str, known: Standard) -> set[str]:
    """The classes whose objects a message of this kind can be or hold, other messages in it left out."""
    found, more = set(known.lineage(kind)), [kind]
    while more:
        ranges = {slot.range for slot in known.classes[more.pop()].slots if slot.kind == "class"}
        new = {name for name in ranges - found if not known.classes[name].abstract}
        found |= new
        more.extend(new)
    return found


def _text_list(rules: Mapping[str, Record]) -> Iterator[str]:
    widest = max((len(rule["each"]) for rule in rules.values()), default=0)
    for code, rule in rules.items():
        yield f"{code:<11} {rule['severity']:<7} {rule['each']:<{widest}}  {rule['title']}"
    yield f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'}."


def _json_list(rules: Mapping[str, Record], profiles: Mapping[str, Record]) -> Iterator[str]:
    yield json.dumps([_brief(rule, profiles) for rule in rules.values()], ensure_ascii=False, indent=2)


def _brief(rule: Record, profiles: Mapping[str, Record]) -> dict[str, Any]:
    from exportreport.cli.published import profile_of

    owner = profile_of(rule["code"], profiles)
    brief = {name: rule[name] for name in ("code", "title", "severity", "since", "each")}
    return brief | ({"profile": owner["id"]} if owner else {}) | ({"basis": rule["basis"]} if "basis" in rule else {})


def _owner(code: str, profiles: Mapping[str, Record]) -> str:
    from exportreport.cli.published import profile_of

    owner = profile_of(code, profiles)
    return f"of the profile {owner['id']}" if owner else "for all reports"


__all__ = ["command"]
