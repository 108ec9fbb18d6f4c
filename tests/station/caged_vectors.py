"""Judge every vector in a caged child of a rehearsed process; told by `test_caged_vectors` which image holds the keys.

Under an audit hook, so that even a late import or look-up that the cage would let through ends the child.
"""

import os
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from tests import vectors
from tests.vectors import PROMPT, Vector
from trust_registry.image import open_image
from trust_registry.model import HeldTrust
from verifier import policies
from verifier.commands.parts.station import script
from verifier.decide import decide
from verifier.station import cage, canary
from verifier.station.rehearsal import rehearse
from verifier.verdict import Reason

LATE_LOOK = 71
_LATE = ("import", "open", "exec", "compile", "ctypes.", "os.", "socket.", "subprocess.", "sqlite3.connect", "glob.")
_NUMBERS = {reason.value: reason.number for reason in Reason} | {PROMPT: 0}
_DAY = 86_400.0


def _hook(event: str, _arguments: object) -> None:
    if _hooked and event.startswith(_LATE):
        os._exit(LATE_LOOK)


_hooked: list[bool] = []


def _judge(vector: Vector, trust: HeldTrust) -> int:
    """Fork, close the cage, judge, and give the child's status: 0 where the answer is the expected one."""
    policy, now, context = policies.load(vector.claim), vector.instant, vector.context
    expected = _NUMBERS[vector.expect]
    aged = HeldTrust(
        now.earliest - float(vector.registry_age_days) * _DAY, trust.issuer_keys, trust.status_lists, trust.resources
    )
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            cage.close((), cage.Bounds())
            _hooked.append(True)
            verdict = decide(vector.data, aged, policy, now, context)
            status = 0 if (verdict.reason.number if verdict else 0) == expected else 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _failures(trust: HeldTrust) -> Iterator[str]:
    for vector in vectors.stored():
        status = _judge(vector, trust)
        if status:
            yield f"{vector.name}: {status}"


if __name__ == "__main__":
    shown = canary.load()
    rehearsed = [policies.load(name) for name in policies.names()] if "--unrehearsed" not in sys.argv else []
    rehearse(script(), rehearsed, canary.draw(shown.modules), zoneinfo.ZoneInfo("Europe/Vienna"))
    held = open_image(Path(sys.argv[1]))
    lists = {found.list_id: found for name in sys.argv[2].split() if (found := held.status_list(name))}
    sys.addaudithook(_hook)
    sys.stdout.write("".join(f"{line}\n" for line in _failures(HeldTrust(0.0, tuple(held.every_key()), lists))))
