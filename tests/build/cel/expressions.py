"""Expressions made by chance, in the subset's grammar if not by its types."""

from __future__ import annotations

from random import Random

_LEAVES = ("this.a", "report.items", "as_of", "x", "this.b.c", "true", "false", "0", "12", "-1", "'a'", "'it\\'s'")
_MORE = ('"q"', "r'^[a-z]+$'", "[1, 2]", "['a']", "[]", "has(this.a)", "has(x.b.c)", "'é // no remark'")
_OPERATORS = ("&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-")


def expression(random: Random, depth: int) -> str:
    """An expression of at most ``depth`` levels, spaced by chance."""
    if depth == 0:
        return random.choice(_LEAVES + _MORE)
    inner = [expression(random, random.randrange(depth)) for _ in range(3)]
    match random.randrange(9):
        case 0:
            return f"({inner[0]})"
        case 1:
            return f"!({inner[0]})"
        case 2:
            return f"({inner[0]}) ? ({inner[1]}) : {inner[2]}"
        case 3:
            return f"{random.choice(('compare', 'size', 'days'))}({inner[0]}, {inner[1]})"
        case 4:
            macro = random.choice(("all", "exists", "exists_one", "filter", "map"))
            return f"({inner[0]}).{macro}(v{depth}, {inner[1]})"
        case 5:
            return f"({inner[0]}).{random.choice(('startsWith', 'endsWith', 'contains', 'matches'))}({inner[1]})"
        case 6:
            return f"[{inner[0]},{inner[1]}]"
    blank = random.choice((" ", "  ", "\n", "\t"))
    operator = random.choice(_OPERATORS)
    return f"{inner[0]}{blank}{operator}{blank}{inner[1]}"
