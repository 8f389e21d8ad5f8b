"""YAML as editors of the model write it, read strictly: a name twice in one place is a fault, no choice of the last."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml


class YamlError(Exception):
    """A file that cannot be read; the argument says where (line:column) and why."""


class _Loader(yaml.SafeLoader):
    """The safe loader, which by itself keeps the last of two values of one name."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping at ``node``; raises where a name in it is given twice."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key.value} is given twice in one place", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def load(text: str) -> dict[str, Any]:
    """The mapping in ``text``, empty where there is nothing. Raises `YamlError`."""
    try:
        return yaml.load(text, _Loader) or {}
    except yaml.MarkedYAMLError as error:
        raise YamlError(_said(error)) from error
    except yaml.YAMLError as error:
        raise YamlError(f" this is not YAML: {' '.join(str(error).split())}") from error


def _said(error: yaml.MarkedYAMLError) -> str:
    """Place and reason, in one line."""
    mark = error.problem_mark
    place = f"{mark.line + 1}:{mark.column + 1}:" if mark else ""
    context = f" {error.context}," if error.context else ""
    return f"{place} this is not YAML:{context} {error.problem}"
