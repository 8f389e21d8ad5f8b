"""The parser: trees, places, and the refusal of what CEL has and the subset has not."""

from __future__ import annotations

import pytest

from exportreport.build.cel.parse import DEEPEST, LARGEST, RESERVED, parse
from exportreport.build.cel.tree import (
    Binary,
    Call,
    Conditional,
    Has,
    ListOf,
    Literal,
    Loop,
    Method,
    Name,
    Node,
    Select,
    Unary,
    parts,
)
from tests.build.cel.refusals import assert_refused

A, B, C = (Name(name, at=0) for name in "abc")


def literal(value: str | int | bool) -> Literal:
    return Literal(value, at=0)


def binary(operator: str, left: Node, right: Node) -> Binary:
    return Binary(operator, left, right, at=0)


TREES: list[tuple[str, Node]] = [
    ("a", A),
    ("a.b", Select(A, "b", at=0)),
    ("a && b || c", binary("||", binary("&&", A, B), C)),
    ("a || b && c", binary("||", A, binary("&&", B, C))),
    ("a && (b || c)", binary("&&", A, binary("||", B, C))),
    ("a == b && !c", binary("&&", binary("==", A, B), Unary("!", C, at=0))),
    ("a + 1 <= b - 2", binary("<=", binary("+", A, literal(1)), binary("-", B, literal(2)))),
    ("a - b - c", binary("-", binary("-", A, B), C)),
    ("a -1", binary("-", A, literal(1))),
    ("-1", literal(-1)),
    ("-a", Unary("-", A, at=0)),
    ("!!a", Unary("!", Unary("!", A, at=0), at=0)),
    ("a in [b, 'x']", binary("in", A, ListOf((B, literal("x")), at=0))),
    ("a ? b : c", Conditional(A, B, C, at=0)),
    ("a ? b : b ? c : a", Conditional(A, B, Conditional(B, C, A, at=0), at=0)),
    ("has(a.b)", Has(Select(A, "b", at=0), at=0)),
    ("size(a)", Call("size", (A,), at=0)),
    ("a.startsWith('x')", Method("startsWith", A, literal("x"), at=0)),
    ("a.all(x, b)", Loop("all", A, "x", B, at=0)),
    ("a.filter(x, b).map(y, c)", Loop("map", Loop("filter", A, "x", B, at=0), "y", C, at=0)),
    (r"'it\'s \"\\ \n\t'", literal("it's \"\\ \n\t")),
    (r"r'\d'", literal(r"\d")),
    ('"it\'s"', literal("it's")),
    ("'é'", literal("é")),
    ("true == false", binary("==", literal(True), literal(False))),
    ("007", literal(7)),
    (" // a remark\n a // another\n", A),
    ("'// no remark'", literal("// no remark")),
    ("alls.all", Select(Name("alls", at=0), "all", at=0)),
]


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[text for text, _ in TREES])
def test_a_text_gives_its_tree(text: str, tree: Node) -> None:
    assert parse(text) == tree


def test_every_node_knows_its_place() -> None:
    text = "has(a.bb) && [1, c].exists(x, x == -2) ? !size(a) : 'q'"
    places = {}
    waiting: list[Node] = [parse(text)]
    while waiting:
        node = waiting.pop()
        places[type(node).__name__, node.at] = text[node.at :]
        waiting.extend(parts(node))
    begins = {(kind, rest.split("(")[0].split(" ")[0].split(",")[0].strip(")]")) for (kind, _), rest in places.items()}
    assert begins >= {
        ("Has", "has"),
        ("Select", "bb"),
        ("Binary", "&&"),
        ("ListOf", "[1"),
        ("Loop", "exists"),
        ("Binary", "=="),
        ("Literal", "-2"),
        ("Conditional", "?"),
        ("Unary", "!size"),
        ("Call", "size"),
        ("Literal", "'q'"),
    }


REFUSED = [
    ("¬", "write one"),
    ("¬ ", "leave the member out"),
    ("¬1.5 == a", "compare("),
    ("¬.5 == a", "a value is wanted"),
    ("¬1e3 == a", "compare("),
    ("¬1. == a", "compare("),
    ("¬1u == a", "without the u"),
    ("¬0x1F == a", "decimal digits"),
    ("¬1a == a", "operator"),
    ("¬b'x' == a", "without the b"),
    ('¬B"x" == a', "without the b"),
    ("¬rb'x' == a", "without the b"),
    ("¬'''x''' == a", "single quotation marks"),
    ('¬"""x""" == a', "single quotation marks"),
    ("a == ¬'x", "quotation mark it begins with"),
    ("a == ¬'x\n'", "quotation mark it begins with"),
    (r"a == '¬\x41'", "r'...'"),
    (r"a == 'ab¬\u00e9'", "r'...'"),
    ("a ¬= b", "=="),
    ("a ¬& b", "&&"),
    ("a ¬| b", "||"),
    ("a.¬`b`", "as it is"),
    ("a ¬# b", "take it out"),
    ("a ¬* b == c", "multiply("),
    ("a ¬/ b == c", "multiply("),
    ("(1 + 2) ¬% b == c", "multiply("),
    ("¬null == a", "has("),
    ("a == ¬{'x': 1}", "one by one"),
    ("a¬{b: 1}", "one by one"),
    ("a¬[0] == b", "exists()"),
    ("a.¬?b", "has("),
    ("a.¬in", "name of a slot"),
    ("a.¬1", "name of a slot"),
    ("a.¬", "name of a slot"),
    ("¬has(a)", "has(this.slot)"),
    ("¬has(a.b, c)", "has(this.slot)"),
    ("¬has('a')", "has(this.slot)"),
    ("¬has()", "has(this.slot)"),
    ("a.¬all(x)", "list.all(x, ...)"),
    ("a.¬all('x', b)", "list.all(x, ...)"),
    ("a.¬exists_one(x.y, b)", "list.exists_one(x, ...)"),
    ("a.¬map(x, b, c)", "filter first"),
    ("a.¬startsWith()", "startsWith("),
    ("a.¬matches('a', 'b')", "matches("),
    ("a.¬size()", "size(list)"),
    ("a.b.¬startswith('x')", "'startsWith'"),
    ("er.¬compare(a, b) == 0", "compare(...)"),
    ("a &&¬", "a value is wanted"),
    ("¬&& a", "a value is wanted"),
    ("a ¬b", "complete"),
    ("(a¬", "')' is wanted"),
    ("[a¬", "',' is wanted"),
    ("[a,¬]", "another value"),
    ("size(a,¬)", "another value"),
    ("a ? b¬", "':' is wanted"),
    (f"¬{LARGEST + 1} == a", str(LARGEST)),
    ("(" * 31 + "(¬" + "a" + ")" * 32, "several"),
]


@pytest.mark.parametrize(("marked", "repair"), REFUSED, ids=[marked[:40] for marked, _ in REFUSED])
def test_what_is_outside_the_subset_is_refused_by_name(marked: str, repair: str) -> None:
    assert_refused(parse, marked, repair)


@pytest.mark.parametrize("word", sorted(RESERVED - {"true", "false", "null"}))
def test_reserved_words_are_no_names(word: str) -> None:
    assert_refused(parse, f"a == ¬{word}" if word != "in" else "a == ¬in", "another name")


def test_a_tree_that_is_too_deep_for_other_evaluators_is_refused() -> None:
    parse(" && ".join("a" * (DEEPEST - 1)))
    assert_refused(parse, " && ".join("a" * DEEPEST) + " ¬&& a", "several")


def test_the_largest_integer_is_that_of_the_standard() -> None:
    assert parse(str(LARGEST)) == literal(LARGEST)
    assert parse(f"-{LARGEST}") == literal(-LARGEST)
