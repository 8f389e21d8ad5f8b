"""Licenses as the UK system LITE hands them to customs: see README.md in this folder."""

from importlib.resources import files

from exportreport.conversion import Format, load


def read_format() -> Format:
    """The format as its tables describe it."""
    return load(files(__package__))
