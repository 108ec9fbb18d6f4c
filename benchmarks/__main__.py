"""Run every measurement; exit status 1 when one misses its aim."""

import sys

from benchmarks import decide, formats, holder, memory, registry, station

sys.exit(not all([decide.run(), formats.run(), memory.run(), holder.run(), station.run(), registry.run()]))
