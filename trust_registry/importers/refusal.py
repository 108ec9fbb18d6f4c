"""Why an entry of a trusted list, or the whole list, does not become trust."""

from enum import StrEnum


class Refusal(StrEnum):
    """A named reason; the report counts by it. Its text is stable."""

    # the list or the entry as such
    MALFORMED = "malformed"
    EMPTY = "empty"  # a null, a template, a service without a certificate
    NAME_TWICE = "name-given-twice"  # a JSON object with two values for one name: which of them is meant?
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many-entries"
    UNKNOWN_LIST = "unknown-list"  # no importer knows this file
    REFERENCE = "reference"  # names another list instead of a key
    SCOPES = "scopes-toml-unusable"
    LIST_SIGNATURE = "list-signature-bad"

    # the key
    KEY_MALFORMED = "key-malformed"  # not on its curve, too long, not base64
    KEY_TYPE = "key-type-unsupported"
    CURVE = "curve-unsupported"
    RSA_SIZE = "rsa-size-out-of-bounds"
    RSA_EXPONENT = "rsa-exponent-not-65537"
    WEAK_KEY = "weak-key"  # its private half can be computed
    PRIVATE_KEY = "private-key-published"
    ALGORITHM = "algorithm-does-not-fit-key"

    # what the entry says about the key
    KEY_ID = "key-id-does-not-fit-key"
    CERTIFICATE = "certificate-differs-from-key"
    COUNTRY = "country-differs-from-certificate"
    NO_COUNTRY = "no-country"
    UNDESCRIBED = "not-described"  # a bare key: nothing says whose it is
    NOT_A_SIGNER = "signs-no-credentials"  # an authority's, a server's or an encryption key
    NO_FORMAT = "format-unsupported"
    TEST_ISSUER = "test-issuer"
    WITHDRAWN = "withdrawn-by-its-list"


class Refused(Exception):  # noqa: N818 (a refusal, not an error of ours)
    """An entry was refused. Carries the reason alone."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
