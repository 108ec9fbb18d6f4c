"""`make mutate CASES=10000000`: random damage without end, over every passing vector, with progress.

Prints what was judged, where damage proved harmless, and every damaged presentation that passed or surprised us.
"""

import random
import sys
from collections.abc import Iterator
from itertools import cycle, islice

from rich.console import Console
from rich.progress import track

from tests import vectors
from tests.mutation.edits import random_bytes_edit, tree_edits
from tests.mutation.judge import Tally, judge
from tests.mutation.layers import Layer, layers

_BATCH = 200


def damage(layer: Layer, rng: random.Random) -> Iterator[bytes | None]:
    """Damage a layer without end: its bytes, or a node of its tree and then its bytes."""
    trees = list(tree_edits(layer.tree)) if layer.tree is not None else []
    while True:
        if trees and rng.random() < 0.5:
            yield layer.close_tree(rng.choice(trees))
        else:
            yield layer.close(random_bytes_edit(layer.content, rng))


def main(cases: int, seed: int) -> int:
    """Judge so many damaged presentations; give the exit status."""
    rng = random.Random(seed)
    tally = Tally()
    streams = [
        (vector, layer.name, damage(layer, rng)) for vector in vectors.passing() for layer in layers(vector.data)
    ]
    batches = islice(cycle(streams), -(-cases // _BATCH))
    screen = Console()
    for vector, name, stream in track(batches, "damaging", cases // _BATCH, console=screen):
        judge(vector, name, islice(stream, _BATCH), tally)
    screen.print(f"{tally.judged} judged with seed {seed}: {len(tally.passes)} passed, {len(tally.faults)} faults")
    for place, count in sorted(tally.harmless.items()):
        screen.print(f"  harmless, for no signature covers it: {count} in {place}", markup=False)
    for bad in (tally.passes + tally.faults)[:20]:
        screen.print(f"  {bad.name}: {bad.data.hex()}", style="red", markup=False)
    return 1 if tally.passes or tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(2**32)))
