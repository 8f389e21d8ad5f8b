"""Where each thing of the standard stands on the site: the paths of pages, and links from one to another."""

from __future__ import annotations

import posixpath

from website.markdown import code, plain


def of_class(name: str) -> str:
    """The page of a class."""
    return f"reference/classes/{name}.md"


def of_enum(name: str) -> str:
    """The page of a closed list."""
    return f"reference/values/{name}.md"


def of_type(name: str) -> str:
    """The place of a type on the page of all types."""
    return f"reference/types.md#{name.lower()}"


def of_rule(name: str) -> str:
    """The page of a rule."""
    return f"reference/rules/{name}.md"


def of_list(name: str) -> str:
    """The page of a code list."""
    return f"reference/lists/{name}.md"


def of_profile(name: str) -> str:
    """The page of a profile."""
    return f"reference/profiles/{name}.md"


def of_format(name: str) -> str:
    """The page of a national format."""
    return f"reference/formats/{name}.md"


def anchor(name: str) -> str:
    """The anchor of a slot, a value or a code on its page."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-.") else "-" for sign in name)


def link(name: str, target: str, page: str) -> str:
    """A link from ``page`` to ``target``, whose text is a name of the standard."""
    return f"[{code(name)}]({relative(target, page)})"


def titled(title: str, target: str, page: str) -> str:
    """A link whose text is in words."""
    return f"[{plain(title)}]({relative(target, page)})"


def relative(target: str, page: str) -> str:
    """The way from ``page`` to ``target``, which may end in an anchor."""
    path, sharp, place = target.partition("#")
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + sharp + place
