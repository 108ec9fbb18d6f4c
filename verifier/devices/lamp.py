"""Lamp: what the station asks of anything that shows a verdict to a person."""

from typing import Protocol

from verifier.protocol import Shown, State


class Lamp(Protocol):
    """A device that shows one thing at a time."""

    def show(self, shown: Shown, /) -> None:
        """Show a result and what staff do."""

    def rest(self, state: State, /) -> None:
        """Show that the station is ready, degraded or not ready, when no result is to be seen any more."""

    def lost(self) -> None:
        """Show that the station is lost; never leave an old result."""

    def close(self) -> None:
        """Go dark."""
