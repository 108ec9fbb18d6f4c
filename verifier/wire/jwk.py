"""Public keys as JWK, turned into the form in which the registry holds keys: for keys that a verified body names.

Only curves: no wallet holds an RSA key. Whether the point lies on its curve shows when the key is used.
"""

from trust_registry.model import Algorithm
from verifier.verdict import Reason, Reject
from verifier.wire import base64url, json

# What stands before the coordinates in a DER SubjectPublicKeyInfo. Source: RFC 5480 section 2, RFC 8410 section 4.
_CURVES = {
    "P-256": (Algorithm.ES256, 32, bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")),
    "P-384": (Algorithm.ES384, 48, bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004")),
    "P-521": (Algorithm.ES512, 66, bytes.fromhex("30819b301006072a8648ce3d020106052b810400230381860004")),
    "Ed25519": (Algorithm.ED25519, 32, bytes.fromhex("302a300506032b6570032100")),
}
_COORDINATES = {"EC": ("x", "y"), "OKP": ("x",)}


def public_key(value: object) -> tuple[Algorithm, bytes]:
    """Give the algorithm of a JWK, and its key as DER SubjectPublicKeyInfo.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM. Source: RFC 7517 section 4, RFC 7518 section 6.2, RFC 8037.
    """
    jwk = json.as_object(value)
    kind, curve = json.as_text(jwk.get("kty")), jwk.get("crv")
    if kind not in _COORDINATES or not isinstance(curve, str) or curve not in _CURVES:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    coordinates = [base64url.decode(json.as_text(jwk.get(name)).encode()) for name in _COORDINATES[kind]]
    return on_curve(curve, coordinates)


def on_curve(curve: str, coordinates: list[bytes]) -> tuple[Algorithm, bytes]:
    """Give the algorithm of a curve, and the key of these coordinates as DER SubjectPublicKeyInfo.

    Raises `Reject`: MALFORMED, UNSUPPORTED_ALGORITHM.
    """
    if curve not in _CURVES:
        raise Reject(Reason.UNSUPPORTED_ALGORITHM)
    algorithm, width, start = _CURVES[curve]
    if len(coordinates) != (1 if curve == "Ed25519" else 2) or any(len(one) != width for one in coordinates):
        raise Reject(Reason.MALFORMED)
    return algorithm, start + b"".join(coordinates)
