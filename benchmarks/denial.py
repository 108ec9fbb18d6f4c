"""From a stolen key to `issuer.denied` at two gates: the command at night, the publishing, the polls, the verdicts.

Each is a process of its own, as in the field. Two gates poll a web server every few seconds; a credential that the
stolen key has signed is judged against each gate's image until the verdict changes.
"""

import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.web import server
from trust_registry import contents, keyring
from trust_registry.ceremony import ONLINE, Cast, found
from trust_registry.image import RegistryError, open_image
from trust_registry.model import Standing
from trust_registry.publish import publish
from trust_registry.shards import Listed
from trust_registry.sync import IMAGE
from verifier import policies
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.specimen import hc1
from verifier.verdict import Reason

POLL_SECONDS = 2
LIMIT_SECONDS = 120.0  # the aim for gates that poll every minute

_WORDS = "benchmark"
_THIEF = replace(hc1.UTOPIA, key=replace(hc1.UTOPIA.key, standing=Standing.GOOD))
_CONTEXT = Context(Mode.LIVE, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen_before=NOT_ASKED)


def run() -> bool:
    """Print the figure; say whether it keeps to the aim."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as ending:
        top = Path(scratch)
        _registry(top)
        address, _ = ending.enter_context(server(top / "published"))
        gates = [_gate(top, address, name, ending) for name in ("north", "south")]
        forged = _symbol()
        _wait(gates, forged, Reason.CLAIM_MET)
        started = time.monotonic()
        _command(
            "deny",
            top / "published",
            _THIEF.key.issuer,
            "--why",
            "stolen",
            "--with",
            top / "keys/dora.on-call.pem",
            top,
        )
        _command("publish", top / "published", "--online", top / f"keys/{ONLINE}.pem", top)
        published = time.monotonic() - started
        _wait(gates, forged, Reason.DENIED)
        took = time.monotonic() - started
    print(
        f"a stolen key: denied and published after {published:.1f} s, `issuer.denied` at both gates after {took:.1f} s"
        f" (they poll every {POLL_SECONDS} s); aim: {LIMIT_SECONDS:.0f} s for gates that poll every minute"
    )
    return took - POLL_SECONDS + 60 <= LIMIT_SECONDS


def _registry(top: Path) -> None:
    """Publish a registry in which two owners believe the issuer."""
    now = datetime.now(UTC)
    (top / "words").write_text(_WORDS)
    cast = Cast(["alice", "bob", "carol"], ["dora", "erik"], 2)
    repository = found(top / "published", top / "keys", cast, lambda _name: _WORDS, now)
    contents.draft_keys(repository, [Listed(_THIEF.key, "a list")], now)
    for name in ("alice", "bob"):
        repository.sign(keyring.load(str(top / f"keys/{name}.owner.pem"), _WORDS, ()))
    publish(repository, keyring.load(str(top / f"keys/{ONLINE}.pem"), _WORDS, ()), now)


def _gate(top: Path, address: str, name: str, ending: ExitStack) -> Path:
    root = str(top / "published/metadata/1.root.json")
    command = ["sync", address, str(top / name), "--root", root, "--box", name, "--every", str(POLL_SECONDS)]
    process = subprocess.Popen([*_PROGRAM, *command], stdout=subprocess.DEVNULL)
    ending.callback(process.wait)
    ending.callback(process.kill)
    return top / name / IMAGE


_PROGRAM = (str(Path(sys.executable).with_name("trust-registry")),)


def _command(name: str, *arguments: str | Path) -> None:
    *given, top = arguments
    subprocess.run(
        [*_PROGRAM, name, *map(str, given), "--passphrase-file", str(Path(top) / "words")],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _symbol() -> bytes:
    """Make a credential that the stolen key has signed."""
    now = time.time()
    content = hc1.dcc(hc1.Person("SPECIMEN", "ANNA", "1990-05-17", "U1"), v=[hc1.vaccination(date(2025, 11, 1))])
    return hc1.symbol(hc1.cwt(content, issued=int(now) - 3_600, expires=int(now) + 3_600), _THIEF)


def _wait(gates: list[Path], symbol: bytes, reason: Reason) -> None:
    """Judge at every gate until all say so."""
    until = time.monotonic() + LIMIT_SECONDS
    while any(_reason(gate, symbol) is not reason for gate in gates):
        if time.monotonic() > until:
            raise SystemExit(f"the gates never said {reason}")
        time.sleep(0.05)


def _reason(gate: Path, symbol: bytes) -> Reason | None:
    now = time.time()
    try:
        with closing(open_image(gate)) as trust:
            verdict = decide(symbol, trust, policies.load("authentic"), Instant.between(now, now + 1, UTC), _CONTEXT)
    except RegistryError:
        return None
    return None if verdict is None else verdict.reason
