"""Keys of the people who decide about trust: encrypted files, or any signer of securesystemslib by its address."""

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.exceptions import StorageError
from securesystemslib.signer import CryptoSigner, Key, Signer, SSlibKey

OWNER = "x-owner"


class KeyringError(Exception):
    """A key cannot be used for signing. The text says which, why, and what to do."""


def create(path: Path, owner: str, passphrase: str) -> CryptoSigner:
    """Make an Ed25519 key of a person, encrypted in a new file that only they can read. Raises `OSError`."""
    private = Ed25519PrivateKey.generate()
    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    public = SSlibKey.from_crypto(private.public_key())
    public.unrecognized_fields[OWNER] = owner
    return CryptoSigner(private, public)


def load(address: str, passphrase: str, known: Iterable[Key]) -> Signer:
    """Open a signer: a key file, or the address of a token or a key service whose public key the registry knows.

    Raises `KeyringError`.
    """
    if ":" in address and not Path(address).exists():
        return _at_address(address, known)
    try:
        private = load_pem_private_key(Path(address).read_bytes(), passphrase.encode())
    except OSError as error:
        raise KeyringError(f"{address}: cannot read the key: {error.strerror}") from None
    except (ValueError, TypeError):
        raise KeyringError(f"{address}: the passphrase does not open this key") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyringError(f"{address}: is no Ed25519 key; make one with `trust-registry init`")
    public = SSlibKey.from_crypto(private.public_key())
    public.unrecognized_fields.update(next((key.unrecognized_fields for key in known if key.keyid == public.keyid), {}))
    return CryptoSigner(private, public)


def owner(key: Key) -> str:
    """Name the person whose key it is."""
    return str(key.unrecognized_fields.get(OWNER, key.keyid[:8]))


def _at_address(address: str, known: Iterable[Key]) -> Signer:
    """Try the known public keys: a token answers for its own alone."""
    for key in known:
        try:
            return Signer.from_priv_key_uri(address, key)
        except (ValueError, StorageError, OSError):
            continue
    raise KeyringError(f"{address}: no known key answers there; connect the token, or name a key file")
