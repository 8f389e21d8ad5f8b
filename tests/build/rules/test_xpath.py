"""Expressions of rules as XPath: what is written, and that it means the same where it is easy to get wrong."""

from __future__ import annotations

import decimal
from typing import Any

import elementpath
import pytest
from elementpath.xpath2 import XPath2Parser
from lxml import etree

from exportreport.build.cel.check import check_rule
from exportreport.build.rules.membership import Membership, Names
from exportreport.build.rules.xpath import Writer
from exportreport.standard import load

STANDARD = load()
SPACES = {"er": STANDARD.namespace, "xs": "http://www.w3.org/2001/XMLSchema"}
CODE_POINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"

ITEM = "er:item_number"
REPORTS = "ancestor::er:*[self::er:LicenseFiling or self::er:DenialNotice or self::er:ReexportNotice]"


def written(each: str, expression: str) -> str:
    rule = check_rule(STANDARD, each, None, expression)
    return Writer(STANDARD, each, lambda *_: "listed", lambda a, b: f"covers({a}, {b})").condition(rule.assertion)


@pytest.mark.parametrize(
    ("each", "expression", "xpath"),
    [
        ("Item", "this.item_number == 1", f"(xs:integer({ITEM}) eq 1)"),
        ("Item", "int(this.item_number) - 1 < -2", f"((xs:integer({ITEM}) - 1) lt (-2))"),
        ("Item", "has(this.quantity)", "exists(er:quantity)"),
        ("Item", "!has(this.serial_numbers)", "not(exists(er:serial_numbers))"),
        ("LicenseFiling", "report.report_type == 'LicenseFiling'", "(local-name(.) eq 'LicenseFiling')"),
        ("Item", "report.revision == 1", f"(xs:integer({REPORTS}/er:revision) eq 1)"),
        ("Money", "0 <= compare(this.amount, '1.50')", "(xs:decimal(er:amount) ge xs:decimal('1.50'))"),
        ("Decision", "this.decided_on <= '2026-01-31'", "(xs:date(er:decided_on) le xs:date('2026-01-31'))"),
        ("Party", "'exporter' in this.roles", "('exporter' = (for $v1 in er:roles return string($v1)))"),
        (
            "Party",
            "this.roles.exists_one(r, r == 'exporter')",
            "(count(for $r1 in er:roles return if ((string($r1) eq 'exporter')) then 1 else ()) eq 1)",
        ),
        (
            "LicenseFiling",
            "!has(this.items) || this.items.all(i, i.item_number > 0)",
            "(not(exists(er:items)) or "
            "(every $i1 in er:items/er:Item satisfies (xs:integer($i1/er:item_number) gt 0)))",
        ),
        ("Submission", "size(this.reports) < 9", "(count(er:reports/*) lt 9)"),
        (
            "Decision",
            "add_months(this.decided_on, 12) > '2026-01-31'",
            "((xs:date(er:decided_on) + xs:yearMonthDuration('P12M')) gt xs:date('2026-01-31'))",
        ),
    ],
)
def test_what_is_written(each: str, expression: str, xpath: str) -> None:
    assert written(each, expression) == xpath


def holds(expression: str, xml: str, each: str = "Item") -> Any:
    """What elementpath makes of the expression at the first object of the class in ``xml``."""
    root = etree.fromstring(f'<LicenseFiling xmlns="{STANDARD.namespace}">{xml}</LicenseFiling>')
    parser = XPath2Parser(namespaces=SPACES, default_collation=CODE_POINTS)
    query = parser.parse(f"(//er:{each})[1]/({written(each, expression)})")
    with decimal.localcontext(prec=80):
        return query.get_results(elementpath.XPathContext(root))


QUANTITY = "has(this.quantity) && "


@pytest.mark.parametrize(
    "expression",
    [
        QUANTITY + "compare(this.quantity.amount, '1') > 0",
        QUANTITY + "compare(multiply(this.quantity.amount, '2'), '1') > 0",
        QUANTITY + "compare(sum([this.quantity.amount]), '1') > 0",
        "has(this.de_minimis) && has(this.de_minimis.below_threshold) && this.de_minimis.below_threshold",
        "has(this.classifications) && this.classifications.exists(c, has(c.ruled_on) && "
        "days(add_months(c.ruled_on, 12), add_months(day(report.reported_at), int(this.item_number))) > 0)",
        "has(report.as_of) && days(report.as_of, as_of) > 0",
    ],
)
def test_what_is_missing_is_no_error_on_either_side_of_and(expression: str) -> None:
    xml = "<reported_at>2026-01-01T00:00:00Z</reported_at><items><Item><item_number>1</item_number></Item></items>"
    assert holds(expression, xml) == [False] or holds(expression, xml) is False


def test_as_of_is_that_of_the_nearest_message_that_gives_one() -> None:
    report = "<reported_at>2026-01-01T00:00:00Z</reported_at>{}<items><Item><item_number>1</item_number></Item></items>"
    assert holds("as_of == '2026-01-01'", report.format(""))
    assert holds("as_of == '2025-06-01'", report.format("<as_of>2025-06-01</as_of>"))


LIST: dict[str, Any] = {
    "id": "animals",
    "complete_from": "2000-01-01",
    "complete_to": "2030-12-31",
    "codes": [
        {"code": "CAT"},
        {"code": "DOG"},
        {"code": "DODO", "valid_to": "2010-12-15"},
        {"code": "OX", "valid_to": "2004-01-01"},
        {"code": "OX", "valid_from": "2010-01-01", "valid_to": "2012-01-01"},
        {"code": "OX", "valid_from": "2020-01-01"},
    ],
}
PARTIAL = LIST | {"partial": True}
BELOW = LIST | {"codes": [*LIST["codes"], {"code": "BIRD", "below": "open"}]}
THREE = LIST | {"depth": 3}
ENTRIES = LIST | {"depth": "entries"}


@pytest.mark.parametrize(
    ("code_list", "code", "day", "expected"),
    [
        (LIST, "CAT", "2020-01-01", True),
        (LIST, "DO", "2020-01-01", False),
        (LIST, "CAT DOG", "2020-01-01", False),
        (LIST, "DODO", "2010-12-15", True),
        (LIST, "DODO", "2010-12-16", False),
        (LIST, "DODO|0000-00-00", "2010-12-15", False),
        (LIST, "OX", "2004-01-01", True),
        (LIST, "OX", "2004-01-02", False),
        (LIST, "OX", "2011-01-01", True),
        (LIST, "OX", "2019-01-01", False),
        (LIST, "OX", "2020-01-01", True),
        (LIST, "COW", "1999-12-31", True),
        (LIST, "COW", "2031-01-01", True),
        (LIST, "", "2020-01-01", False),
        (PARTIAL, "COW", "2020-01-01", True),
        (PARTIAL, "DODO", "2020-01-01", False),
        (PARTIAL, "CAT DOG", "2020-01-01", True),
        (BELOW, "BIRD", "2020-01-01", True),
        (BELOW, "BIRDS", "2020-01-01", True),
        (BELOW, "BIR", "2020-01-01", False),
        (BELOW, "A BIRD", "2020-01-01", False),
        (THREE, "CATS", "2020-01-01", True),
        (THREE, "COWS", "2020-01-01", False),
        (THREE, "DODO", "2020-01-01", False),
        (ENTRIES, "CAT.a", "2020-01-01", True),
        (ENTRIES, "OX.a.1", "2019-01-01", True),
        (ENTRIES, "COW.a", "2020-01-01", False),
        (ENTRIES, ".a", "2020-01-01", False),
    ],
)
def test_membership_of_a_list(code_list: dict[str, Any], code: str, day: str, expected: bool) -> None:
    values = dict(Membership(code_list).lets())
    parser = XPath2Parser(variable_types=dict.fromkeys(values, "xs:string"), default_collation=CODE_POINTS)
    query = parser.parse(Membership(code_list).test(f"'{code}'", f"'{day}'", Names("$c", "$d", "$p", "$a")))
    result = query.evaluate(elementpath.XPathContext(etree.XML("<nothing/>"), variables=values))
    assert result is expected
