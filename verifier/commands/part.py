"""`verifier part`: one process of a station, as a service unit or `verifier run` starts it."""

from verifier.lazy import LazyGroup

PARTS = ("station", "camera", "lamp", "console")

command = LazyGroup("verifier.commands.parts", PARTS, "Run one process of a station.")
