"""What can become of the processes of a run, besides that they do their work."""

from __future__ import annotations


class LostProcessError(Exception):
    """A process ended before its work did, in the way that ``how`` says: it was killed, or memory ran out."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class FailedProcessError(Exception):
    """A fault of ours in another process, with where it happened."""
