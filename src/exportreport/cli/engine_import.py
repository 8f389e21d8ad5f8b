"""Imports the engine of the structure without what it wants for a moment only."""

from __future__ import annotations

import sys
from types import ModuleType

_MAIL = "email.utils"


def import_engine() -> None:
    """Import the fast engine, where it is installed, with a stand-in for a module of mail.

    On its import it reads the day of its own build by ``email.utils``, which loads sockets, addresses and character
    sets: an eighth of what a start costs. Nobody asks for that day here. Of a process with other threads one could
    get the stand-in; so it is for the door alone, before there are any.
    """
    if _MAIL in sys.modules:
        return
    sys.modules[_MAIL] = _StandIn(_MAIL)
    try:
        from exportreport.structure import engine  # noqa: F401
    except ImportError:
        pass  # the pure engine serves
    finally:
        del sys.modules[_MAIL]


class _StandIn(ModuleType):
    """Reads no day."""

    @staticmethod
    def parsedate_to_datetime(text: str) -> None:
        return None
