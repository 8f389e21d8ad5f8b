"""Patterns of matches(): those that all engines read alike pass, others are refused at their place."""

from __future__ import annotations

import re

import jsonschema_rs
import pytest
from lxml import etree

from exportreport.build.cel.patterns import check_pattern
from tests.build.cel.refusals import assert_refused

ACCEPTED = {
    "^$": [""],
    "^a$": ["a"],
    "^[A-Za-z0-9._-]+$": ["A.b_-9"],
    "^[0-9]{2,10}$": ["12", "1234567890"],
    "^[0-9]{3}$": ["123"],
    "^[A-Z]{2,}$": ["ABC"],
    "^(a|bc)*d?$": ["aabcd", ""],
    "^GB(SIEL|OIEL)/[0-9]{4}/[0-9]{7}(/[A-Z])?$": ["GBSIEL/2026/0000123/P"],
    r"^[a.]\.[0-9]\(x\)\{1\}\[2\]\^\$\\\|\?\*\+$": ["a.5(x){1}[2]^$\\|?*+"],
    r"^[\-a\]\[\^]+$": ["-a][^"],
    "^[-a]$": ["-"],
    "^[a-]$": ["-"],
    "^[a-c-]+$": ["b-"],
    "^-@:;,'\"#%&=<> !~`/_$": ["-@:;,'\"#%&=<> !~`/_"],
    "^((a)(b|(c)))+$": ["abac"],
    "^([a-z]+-)*[a-z]$": ["a-bc-d"],
    "^([A-Z]{1,3}[0-9]){2}$": ["A1BCD2"],
}


@pytest.mark.parametrize("pattern", ACCEPTED)
def test_accepted_patterns_mean_the_same_in_three_engines(pattern: str) -> None:
    check_pattern(pattern, 0)
    schema = jsonschema_rs.validator_for({"pattern": pattern})
    xsd = etree.XMLSchema(etree.XML(_XSD.format(pattern[1:-1].translate(_MARKUP).replace("\\$", "$"))))
    texts = [*ACCEPTED[pattern], "", "a", "abc", "12345", "-", "A" * 12, "a\n", "é"]
    for text in texts:
        expected = re.fullmatch(pattern[1:-1], text, re.ASCII) is not None
        assert schema.is_valid(text) == expected, text
        element = etree.Element("a")
        element.text = text
        assert xsd.validate(element) == expected, text
    assert all(schema.is_valid(text) for text in ACCEPTED[pattern])


_MARKUP = str.maketrans({"<": "&lt;", "&": "&amp;", '"': "&quot;"})
_XSD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:simpleType>'
    '<xs:restriction base="xs:string"><xs:pattern value="{}"/></xs:restriction>'
    "</xs:simpleType></xs:element></xs:schema>"
)

REFUSED = [
    ("¬", "^...$"),
    ("¬a", "^...$"),
    ("¬^a", "^...$"),
    ("¬a$", "^...$"),
    (r"¬^a\$", "^...$"),
    ("^¬é$", "leave it out"),
    ("^a¬\n$", "leave it out"),
    ("^a¬|b$", "parentheses"),
    ("^a¬.b$", r"\."),
    ("^[¬^a]$", "that are allowed"),
    (r"^¬\d$", "[0-9]"),
    (r"^¬\w$", "[0-9]"),
    (r"^¬\n$", "[0-9]"),
    (r"^¬\p{L}$", "[0-9]"),
    (r"^¬\1$", "[0-9]"),
    (r"^¬\-$", "[0-9]"),
    (r"^¬\/$", "[0-9]"),
    (r"^[¬\d]$", "[0-9]"),
    ("^(¬?:a)$", "plain group"),
    ("^(¬?i)a$", "plain group"),
    ("^(¬?=a)$", "plain group"),
    ("^a+¬?$", "one quantifier"),
    ("^a*¬+$", "one quantifier"),
    ("^a{1}¬{2}$", "one quantifier"),
    ("^¬*a$", r"\*"),
    ("^¬{2}a$", r"\{"),
    ("^a¬}$", r"\}"),
    ("^a¬]$", r"\]"),
    ("^a¬)$", r"\)"),
    ("^a¬^b$", r"\^"),
    ("^a¬$b$", r"\$"),
    ("^(a¬$", ")"),
    ("^[a¬$", "]"),
    ("^[¬]$", "that are allowed"),
    ("^(¬)$", "?"),
    ("^(a|¬)$", "?"),
    ("^(¬|a)$", "?"),
    ("^[a¬[b]$", r"\["),
    ("^[a¬^]$", r"\^"),
    ("^[0¬-z]$", r"\-"),
    ("^[a¬-Z]$", r"\-"),
    ("^[z¬-a]$", r"\-"),
    ("^[.¬-9]$", r"\-"),
    ("^[a¬&&b]$", "once"),
    ("^[a¬~~b]$", "once"),
    ("^[a¬||b]$", "once"),
    ("^a¬{,2}$", r"\{"),
    ("^a¬{x}$", r"\{"),
    ("^a¬{3,1}$", "smaller"),
    ("^a¬{0}$", "smaller"),
    ("^a¬{1,1001}$", "smaller"),
    ("^(¬a+)+$", "told by its characters"),
    ("^(¬a|a)*$", "told by its characters"),
    ("^b(¬a{1,}b?){2}$", "between them"),
    ("^¬(a?){30}$", "left out"),
    ("^(¬a{1000}){5}$", "smaller counts"),
]


@pytest.mark.parametrize(("marked", "repair"), REFUSED, ids=[repr(marked) for marked, _ in REFUSED])
def test_what_engines_read_differently_is_refused(marked: str, repair: str) -> None:
    assert_refused(lambda pattern: check_pattern(pattern, 0), marked, repair)
