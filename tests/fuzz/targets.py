"""What is fuzzed, each as a function that must come back, or raise a refusal of its own and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PurePath

from tests import vectors
from tests.makers import KEYS, LISTS
from tests.mutation.judge import Said, harmless, says
from tests.vectors import Vector
from trust_registry.importers import ALL, source
from verifier.verdict import Outcome, Reason, Reject
from verifier.wire import base32, base45, base64url, cbor, cose, inflate, json, jws, sd_jwt, x509

Target = Callable[[bytes], object]


class Wrong(Exception):  # noqa: N818 - a finding, not an error
    """What must not happen did."""


def shown(data: bytes) -> Vector:
    """Hold bytes up at a training lane that asks for nothing more than that they are genuine."""
    return Vector("fuzz/found", data, expect="", source="")


def signed() -> Iterator[Said]:
    """Give what our training issuers signed, and what each said with it, whatever becomes of the vector."""
    for vector in vectors.stored():
        if vector.expect != vectors.PROMPT:
            with suppress(Reject):
                yield says(vector)


GENUINE = list(signed())


def decoder(decode: Target) -> Target:
    """A strict decoder: a value, or `Reject`."""

    def target(data: bytes) -> None:
        try:
            decode(data)
        except Reject:
            return

    return target


def decision(data: bytes) -> None:
    """The whole decision: never a fault, and never entry for what nobody signed."""
    found = shown(data)
    verdict = found.decide(KEYS, LISTS)
    if verdict is None:
        return
    if verdict.reason is Reason.FAULT:
        raise Wrong(verdict.reason)
    if verdict.outcome is Outcome.PASS and not any(harmless(genuine, says(found)) for genuine in GENUINE):
        raise Wrong(verdict.reason)


def importer(data: bytes) -> None:
    """Every importer: entries accepted or refused by name, and no exception at all."""
    for name in ("list.json", "list.pem", "list.cbor", "scopes.toml"):
        source.read(source.Source(PurePath(name), data, lambda _name: None), ALL)


TARGETS: dict[str, Target] = {
    "decide": decision,
    "importers": importer,
    "base32": decoder(base32.decode),
    "base45": decoder(base45.decode),
    "base64url": decoder(base64url.decode),
    "zlib": decoder(inflate.zlib_stream),
    "deflate": decoder(inflate.raw_stream),
    "cbor": decoder(cbor.decode),
    "cose": decoder(cose.decode),
    "json": decoder(json.decode),
    "jws": decoder(jws.decode),
    "sd-jwt": decoder(sd_jwt.decode),
    "x509": decoder(x509.decode),
}
