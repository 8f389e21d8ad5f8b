"""One version of the standard as it is compared: the model, the rules and the code lists, out of its artifacts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Records = Mapping[str, Mapping[str, Any]]

#: What an edition is made of, as the build writes it.
MODEL = "model.json"
RULES = "rules/rules.json"
PROFILES = "rules/profiles.json"
FUNCTIONS = "rules/functions.json"
LISTS = "codelists/"

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


class EditionError(Exception):
    """What was given is no built standard; the text says what is wrong and what to do."""


@dataclass(frozen=True)
class Edition:
    """A version of the standard: ``model`` as in model.json; rules by code, profiles and lists by id, functions by
    name, each as published."""

    model: Mapping[str, Any]
    rules: Records
    profiles: Records
    functions: Records
    lists: Records

    @property
    def version(self) -> tuple[int, int, int]:
        """The version that the model declares."""
        found = _VERSION.fullmatch(self.model["version"])
        if not found:
            raise EditionError(f"The model declares the version “{self.model['version']}”; write it as 1.0.0.")
        major, minor, patch = map(int, found.groups())
        return major, minor, patch


def edition(files: Mapping[str, bytes], named: str) -> Edition:
    """The edition whose artifacts are ``files``, by their paths; ``named`` is what the user calls it.

    Raises `EditionError` where something is missing or not as the build writes it.
    """
    lists = [name for name in files if name.startswith(LISTS) and name.endswith(".json")]
    try:
        made = Edition(
            _json(files, MODEL),
            _by(_json(files, RULES)["rules"], "code"),
            _by(_json(files, PROFILES)["profiles"], "id"),
            _json(files, FUNCTIONS)["functions"],
            _by([_json(files, name) for name in lists], "id"),
        )
        _look_over(made)
    except EditionError as error:
        raise EditionError(f"{named}: {error}") from error
    except (LookupError, TypeError, AttributeError) as error:
        what = f"{named}: the artifacts have not the form that `exportreport build` gives them; build them again."
        raise EditionError(what) from error
    return made


def _json(files: Mapping[str, bytes], name: str) -> Any:
    if name not in files:
        raise EditionError(f"there is no {name}; give the folder or zip that `exportreport build` wrote.")
    try:
        return json.loads(files[name])
    except (ValueError, RecursionError) as error:
        raise EditionError(f"{name} is not JSON ({error}); build it again.") from error


def _by(records: list[Mapping[str, Any]], member: str) -> dict[str, Mapping[str, Any]]:
    return {record[member]: record for record in records}


#: What every record has to have to be compared.
_CLASS = ("title", "slots")
_RULE = ("severity", "each", "assert", "message")
_LIST = ("open", "codes")


def _look_over(made: Edition) -> None:
    """Touch what the comparison reads, so that what is missing is told here."""
    for name in ("version", "schema_version", "namespace", "kinds"):
        made.model[name]
    _have(made.model["classes"], _CLASS)
    _have(made.model["types"], ("base",))
    _have(made.model["enums"], ("values",))
    for body in made.model["classes"].values():
        _have(body["slots"], ("range", "kind"))
    _have(made.rules, _RULE)
    _have(made.profiles, ("rules",))
    _have(made.functions, ("signature",))
    _have(made.lists, _LIST)
    for one in made.lists.values():
        _each(one["codes"], lambda entry: entry["code"])
    made.version  # noqa: B018  (raises where it is none)


def _have(records: Records, members: tuple[str, ...]) -> None:
    _each(records.values(), lambda record: [record[member] for member in members])


def _each(records: Any, look: Callable[[Any], Any]) -> None:
    for record in records:
        look(record)
