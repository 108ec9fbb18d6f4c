"""Run every measurement; exit status 1 when one misses its aim."""

import sys

from benchmarks import decide, formats, memory, registry, station

sys.exit(not all([decide.run(), formats.run(), memory.run(), station.run(), registry.run()]))
