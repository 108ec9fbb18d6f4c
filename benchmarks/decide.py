"""How long one decision takes, against images of two sizes, beside the floor that no verifier gets under."""

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from benchmarks.timing import milliseconds
from trust_registry.build import Content, build
from trust_registry.image import RegistryImage, open_image
from trust_registry.model import KeyRef, Standing
from verifier import policies
from verifier.context import NOT_ASKED, Context, Mode
from verifier.decide import decide
from verifier.instant import Instant
from verifier.specimen import hc1
from verifier.verdict import FormatId, Reason
from verifier.wire import base45, cbor, inflate

NOW = 1_767_225_600.0  # 2026-01-01T00:00:00Z
LIMIT_MILLISECONDS = 0.30
LIMIT_RATIO = 2.0
IMAGES = (3_000, 100_000)

_PERSON = hc1.Person("SPECIMEN", "ANNA", "1990-05-17", "U1234567")
_ISSUER = replace(hc1.UTOPIA, key=replace(hc1.UTOPIA.key, standing=Standing.GOOD))
_CONTEXT = Context(Mode.LIVE, NOT_ASKED, NOT_ASKED, NOT_ASKED, seen_before=NOT_ASKED)


def symbol() -> bytes:
    """Make the symbol that is judged: an EU vaccination certificate of the usual size."""
    content = hc1.dcc(_PERSON, v=[hc1.vaccination(date(2025, 11, 1))])
    return hc1.symbol(hc1.cwt(content, issued=NOW - 86_400, expires=NOW + 86_400), _ISSUER)


def write_image(path: Path, keys: int) -> None:
    """Write an image with so many keys, one of them the issuer's."""
    others = (replace(_ISSUER.key, key_id=number.to_bytes(8), issuer=f"XX{number % 200}") for number in range(keys - 1))
    build(path, Content(as_of=NOW, keys=(*others, _ISSUER.key)))


def run() -> bool:
    """Print the figures; say whether they keep to the limits."""
    data = symbol()
    kept = True
    print(f"decide one HC1 symbol of {len(data)} characters, median:")
    with tempfile.TemporaryDirectory() as folder:
        for keys in IMAGES:
            path = Path(folder, f"{keys}.sqlite")
            write_image(path, keys)
            with closing(open_image(path)) as trust:
                took, floor = _decision(data, trust), _floor(data, trust)
            print(f"  {keys:7,} keys: {took:.3f} ms; floor {floor:.3f} ms; ratio {took / floor:.2f}")
            kept &= took <= LIMIT_MILLISECONDS and took / floor <= LIMIT_RATIO
    print(f"  aim: {LIMIT_MILLISECONDS:.2f} ms, ratio {LIMIT_RATIO}")
    return kept


def _decision(data: bytes, trust: RegistryImage) -> float:
    policy, now = policies.load("authentic"), Instant.between(NOW, NOW + 1.0, UTC)
    verdict = decide(data, trust, policy, now, _CONTEXT)
    if verdict is None or verdict.reason is not Reason.CLAIM_MET:
        raise SystemExit(f"the benchmark's own credential does not pass: {verdict}")
    return milliseconds(lambda: decide(data, trust, policy, now, _CONTEXT))


def _floor(data: bytes, trust: RegistryImage) -> float:
    """Time what any verifier has to do once: unpack the layers, look the key up, load it, check one signature."""
    message = cbor.decode(inflate.zlib_stream(base45.decode(data[4:])))
    header, payload, signature = _parts(message)
    half = len(signature) // 2
    der = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    signed = cbor.encode(["Signature1", header, b"", payload])

    def once() -> None:
        cbor.decode(inflate.zlib_stream(base45.decode(data[4:])))
        cbor.decode(payload)
        (key,) = trust.keys(KeyRef(FormatId.HC1, _ISSUER.key.key_id))
        public_key = load_der_public_key(key.public_key)
        if isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(der, signed, ec.ECDSA(hashes.SHA256()))

    return milliseconds(once)


def _parts(message: cbor.Value) -> tuple[bytes, bytes, bytes]:
    match message:
        case cbor.Tagged(18, [bytes() as header, _, bytes() as payload, bytes() as signature]):
            return header, payload, signature
        case _:
            raise SystemExit("the benchmark's own symbol is no COSE_Sign1")
