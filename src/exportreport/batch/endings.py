"""What can end a run before its end."""

from __future__ import annotations


class LostProcessError(Exception):
    """A process ended before its work did, in the way that ``how`` says: it was killed, or memory ran out."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class FailedProcessError(Exception):
    """A fault of ours in another process, with where it happened."""


class CheckpointError(Exception):
    """The journal cannot be used, or not for these inputs, for the reasons that its lines say."""


class StoppedError(BaseException):
    """The run was to end while it waited for an input that may never come."""
