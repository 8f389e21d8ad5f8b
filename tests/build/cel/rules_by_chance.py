"""Expressions about objects of a class, made by chance from the model: many are sound, and the checker says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from exportreport.build.cel.scope import Scope
from exportreport.build.cel.tree import Type
from exportreport.standard import Slot, Standard

Names = Mapping[str, Type]

_ORDER = ("<", "<=", ">", ">=", "==", "!=")


@dataclass(frozen=True)
class Found:
    """A path to a slot, the tests that prove it there, and the type of what it holds."""

    path: str
    guards: tuple[str, ...]
    type: Type

    def guarded(self, text: str, random: Random) -> str:
        """``text`` behind the tests, or before their opposites; now and then without them, which is refused."""
        if not self.guards or random.random() < 0.05:
            return text
        if random.random() < 0.7:
            return f"({' && '.join(self.guards)} && {text})"
        return f"({' || '.join(f'!{guard}' for guard in self.guards)} || {text})"


class Expressions:
    """Makes expressions for rules about ``each``; the same ``random`` makes the same ones."""

    def __init__(self, standard: Standard, each: str, random: Random) -> None:
        self.scope, self.random, self.loops = Scope(standard, each, {}), random, 0
        self.names: Names = {"this": self.scope.this} | ({} if self.scope.outside else {"report": self.scope.report})

    def truth(self, depth: int, names: Names | None = None) -> str:
        """An expression that is true or false, of about ``depth`` levels."""
        names = self.names if names is None else names
        if depth == 0 or self.random.random() < 0.25:
            return self.single(names)
        match self.random.randrange(10):
            case 8:
                return f"({self.truth(depth - 1, names)} == {self.truth(depth - 1, names)})"
            case 9:
                return self.gathered(names)
            case 0 | 1:
                operator = self.random.choice(("&&", "||"))
                return f"({self.truth(depth - 1, names)} {operator} {self.truth(depth - 1, names)})"
            case 2:
                return f"!{self.truth(depth - 1, names)}"
            case 3:
                test, yes, no = (self.truth(depth - 1, names) for _ in range(3))
                return f"({test} ? {yes} : {no})"
        return self.loop(depth, names)

    def loop(self, depth: int, names: Names) -> str:
        found = self.path(names, lambda type_: type_.name == "list")
        if found is None or found.type.item is None:
            return self.single(names)
        self.loops += 1
        variable = f"v{self.loops}"
        inner = {**names, variable: found.type.item}
        body = self.truth(depth - 1, inner)
        if self.random.random() < 0.4:
            body = f"({self.joined(variable, found.type.item, names)} && {body})"
        macro = self.random.choice(("all", "exists", "exists", "exists_one", "filter"))
        if macro == "filter":
            return found.guarded(f"size({found.path}.filter({variable}, {body})) >= 1", self.random)
        return found.guarded(f"{found.path}.{macro}({variable}, {body})", self.random)

    def joined(self, variable: str, item: Type, names: Names) -> str:
        """The entry is equal to something around the loop: what an index serves."""
        own = self.path({variable: item}, lambda type_: type_.name in ("text", "integer", "enum"))
        other = own and self.path(names, lambda type_: type_ == own.type)
        if own is None or other is None:
            return "true"
        return own.guarded(other.guarded(f"{own.path} == {other.path}", self.random), self.random)

    def gathered(self, names: Names) -> str:
        """A question to what a loop makes of the objects of a list: all values of one slot."""
        found = self.path(
            names, lambda type_: type_.name == "list" and type_.item is not None and type_.item.name == "object"
        )
        if found is None or found.type.item is None:
            return self.single(names)
        self.loops += 1
        variable = f"v{self.loops}"
        own = self.path(
            {variable: found.type.item}, lambda type_: type_.name in ("decimal", "text", "date", "integer", "enum")
        )
        if own is None:
            return self.single(names)
        kept = f"{found.path}.filter({variable}, {' && '.join(own.guards)})" if own.guards else found.path
        mapped = f"{kept}.map({variable}, {own.path})"
        if own.type.name == "decimal":
            return found.guarded(f"compare(sum({mapped}), '1.5') {self.random.choice(_ORDER)} 0", self.random)
        other = self.path(names, lambda type_: type_ == own.type)
        if other is None or self.random.random() < 0.4:
            return found.guarded(f"unique({mapped})", self.random)
        return found.guarded(other.guarded(f"{other.path} in {mapped}", self.random), self.random)

    def path(self, names: Names, wanted: Callable[[Type], bool]) -> Found | None:
        """A way to something of a type that is ``wanted``."""
        for _ in range(20):
            name = self.random.choice(sorted(names))
            found = Found(name, (), names[name])
            for _ in range(4):
                if wanted(found.type) and found.path != "this":
                    return found
                if found.type.name != "object" or found.type.of is None:
                    break
                found = self.step(found, self.random.choice(list(self.scope.slots(found.type.of).values())))
        return None

    def step(self, found: Found, slot: Slot) -> Found:
        path = f"{found.path}.{slot.name}"
        guards = found.guards if slot.required else (*found.guards, f"has({path})")
        return Found(path, guards, self.scope.type_of(slot))

    def compared(self, found: Found, names: Names) -> str:
        """A question to two values of one type."""
        other = self.path(names, lambda type_: type_ == found.type) or found
        operator = self.random.choice(_ORDER)
        asked = {
            "date": f"{found.path} {operator} {other.path}",
            "decimal": f"compare({found.path}, {other.path}) {operator} 0",
            "text": f"{found.path} {self.random.choice(('==', '!='))} {other.path}",
        }
        return other.guarded(asked[found.type.name], self.random)

    def single(self, names: Names) -> str:
        found = self.path(names, lambda type_: type_.name != "object")
        return found.guarded(self.asked(found, names), self.random) if found else "true"

    def asked(self, found: Found, names: Names) -> str:
        """A question to a single value or a list."""
        if found.type.name in ("date", "decimal", "text") and self.random.random() < 0.3:
            return self.compared(found, names)
        choice, path = self.random.choice, found.path
        match found.type.name:
            case "boolean":
                return path
            case "date":
                return choice(
                    (
                        f"{path} {choice(_ORDER)} '2026-01-15'",
                        f"days({path}, as_of) >= {self.random.randrange(-400, 400)}",
                        f"add_months({path}, {self.random.randrange(-30, 30)}) {choice(_ORDER)} as_of",
                    )
                )
            case "datetime":
                return f"day({path}) {choice(_ORDER)} as_of"
            case "decimal":
                return choice(
                    (
                        f"compare({path}, '1.5') {choice(_ORDER)} 0",
                        f"0 <= compare(sum([{path}, '-1']), multiply({path}, {path}))",
                        f"{path}.matches('^-?[0-9]+$')",
                    )
                )
            case "integer":
                return choice((f"{path} {choice(_ORDER)} 2", f"int({path}) + 1 - 3 > 0", f"{path} in [1, 2]"))
            case "enum":
                value = choice(self.scope.values(str(found.type.of)))
                return choice((f"{path} == '{value}'", f"{path} in ['{value}']", f"{path}.startsWith('{value[0]}')"))
            case "code":
                return choice((f"listed('{found.type.of}', {path}, as_of)", f"{path} == 'NL'"))
            case "list":
                single = found.type.item is not None and found.type.item.name not in ("object", "decimal", "boolean")
                return f"unique({path})" if single and choice((True, False)) else f"size({path}) {choice(_ORDER)} 1"
        return choice(
            (
                f"{path} != 'P-1'",
                f"{path}.contains('a')",
                f"{path}.matches('^[A-Z]*[0-9a-z-]{{1,3}}$')",
                f"{path} in ['a']",
            )
        )
