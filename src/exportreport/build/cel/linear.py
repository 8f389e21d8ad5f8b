"""Time: what a rule looks up across a report must be served by an index, or be worked out once for the report.

Ten thousand items and ten thousand parties must never mean a hundred million comparisons.
"""

from __future__ import annotations

from exportreport.build.cel.loops import around, check
from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import Node


def check_linear(node: Node, scope: Scope) -> None:
    """Nothing when ``node`` takes time in proportion to the report; else `CelError`."""
    check(node, around(scope.each, repeats=scope.repeats, is_report=scope.is_report))
