"""The terminal as a lamp: colour, shape and word, so that no one of them has to be seen."""

from typing import TextIO

from verifier.protocol import Readiness, Shown, State
from verifier.verdict import Outcome, Verdict
from verifier.words import Words

_SHAPES = {Outcome.PASS: "●", Outcome.FAIL: "✖", Outcome.UNSURE: "▲"}
# ECMA-48 select graphic rendition: bold; white on green, white on red, black on yellow
_COLOURS = {Outcome.PASS: "1;97;42", Outcome.FAIL: "1;97;41", Outcome.UNSURE: "1;30;43"}
_WIDTH = 44


class TerminalLamp:
    """Writes a coloured block for each result, and a line whenever the station's state changes."""

    def __init__(self, stream: TextIO, words: Words) -> None:
        self._stream, self._words = stream, words
        self._colourful = stream.isatty()
        self._training = False
        self._rested: tuple[Readiness, frozenset[int], bool] | None = None

    def show(self, shown: Shown, /) -> None:
        """Write the outcome, its shape, and the staff action; a prompt is one plain line."""
        if not isinstance(shown.result, Verdict):
            self._write(self._words.of(shown.result))
            return
        outcome = shown.result.outcome
        line = f"  {_SHAPES[outcome]}  {self._words.of(outcome)}"
        if shown.action is not None:
            line += f"   {self._words.of(shown.action)}"
        self._block(line + ("   TRAINING" if self._training else ""), _COLOURS[outcome])

    def rest(self, state: State, /) -> None:
        """Write the state when it has changed."""
        self._training = state.training
        seen = (state.readiness, frozenset[int](state.troubles), state.training)
        if seen == self._rested:
            return
        self._rested = seen
        why = [self._words.of(trouble) for trouble in sorted(state.troubles)]
        self._write(" · ".join([self._words.of(state.readiness), *why]))

    def lost(self) -> None:
        """Write that the station is lost."""
        self._rested = None
        self._write(self._words.of(Readiness.NOT_READY))

    def close(self) -> None:
        """Leave the terminal as it was found."""

    def _block(self, line: str, colour: str) -> None:
        if not self._colourful:
            self._write(line.strip())
            return
        blank = f"\x1b[{colour}m{'':<{_WIDTH}}\x1b[0m"
        self._write("\n".join(["", blank, f"\x1b[{colour}m{line:<{_WIDTH}}\x1b[0m", blank]))

    def _write(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()
