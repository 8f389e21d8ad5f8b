"""The page of all kinds of change, made from the table that the comparison itself uses."""

from __future__ import annotations

from exportreport.compat.change import LANES
from exportreport.compat.kinds import KINDS

_HEAD = """# Kinds of change

What `exportreport compat` calls each kind of change, and how it counts in each lane: its class, the version that it
asks for, for whom it matters, and why. This page is made from the table that the command uses; `make golden` writes it.
What the classes mean, and why, is told in [compat](compat.md).
"""


def page() -> str:
    """The table of all kinds, in Markdown."""
    rows = [
        f"| `{kind}` | {lane} | {verdicts[lane].grade} | {verdicts[lane].bump} | {verdicts[lane].concerns} "
        f"| {verdicts[lane].reason} |"
        for kind, verdicts in KINDS.items()
        for lane in LANES
        if lane in verdicts
    ]
    head = ["| kind | lane | class | version | matters for | because |", "|---|---|---|---|---|---|"]
    return "\n".join([_HEAD, *head, *rows]) + "\n"
