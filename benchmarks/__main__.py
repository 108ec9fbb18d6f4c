"""Run every measurement; exit status 1 when one misses its aim."""

import sys

from benchmarks import decide, memory, registry, station

sys.exit(not all([decide.run(), memory.run(), station.run(), registry.run()]))
