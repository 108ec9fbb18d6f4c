"""The synthetic camera as a device: codes held up one after the other, with an empty lane between them."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle, islice

import numpy as np

from verifier.devices.synthetic import difficulties, sheet
from verifier.devices.synthetic.difficulties import Difficulty
from verifier.devices.synthetic.shot import Shot
from verifier.devices.synthetic.stage import Stage
from verifier.frame import Frame

_SHOWN_SECONDS, _EMPTY_SECONDS = 2.5, 1.5


@dataclass(frozen=True, slots=True)
class SyntheticCamera:
    """Shows clean pictures of symbols in turn, for ever, each under the next difficulty; deterministic by `seed`.

    `frames_per_second` paces it as a real camera is; without it frames come as fast as they are asked for.
    """

    pictures: Sequence[bytes]
    difficulties: Sequence[Difficulty] = difficulties.SCENES["easy"]
    seed: int = 0
    width: int = 1456
    height: int = 1088
    frames_per_second: float | None = 30.0

    def frames(self) -> Iterator[Frame]:
        """Give one frame after the other, at the camera's pace."""
        due = time.monotonic()
        for frame in self._drawn():
            yield frame
            if self.frames_per_second is not None:
                due = max(due + 1 / self.frames_per_second, time.monotonic())
                time.sleep(max(0.0, due - time.monotonic()))

    def close(self) -> None:
        """Let go of nothing: there is no device."""

    def _drawn(self) -> Iterator[Frame]:
        rate = self.frames_per_second or 30.0
        for number, picture, difficulty in zip(count(), cycle(self.pictures), cycle(self.difficulties), strict=False):
            shot = replace(difficulty.shot, width=self.width, height=self.height)
            empty = Stage(None, shot, self.seed)
            yield from (_frame(empty, shot, index) for index in range(int(_EMPTY_SECONDS * rate)))
            yield from self._presented(sheet.modules_of(picture), replace(difficulty, shot=shot), number, rate)

    def _presented(self, modules: sheet.Modules, difficulty: Difficulty, number: int, rate: float) -> Iterator[Frame]:
        chance = np.random.default_rng([self.seed, number])
        start = difficulties.held(difficulty, len(modules), chance)
        stage = Stage(modules, start, self.seed)
        shots = difficulties.moving(difficulty, start, chance, rate)
        for index, shot in enumerate(islice(shots, int(_SHOWN_SECONDS * rate))):
            yield _frame(stage, shot, index)


def _frame(stage: Stage, shot: Shot, number: int) -> Frame:
    luma = stage.frame(shot, number)
    height, width = luma.shape
    return Frame(luma.data.cast("B"), width, height, width)
