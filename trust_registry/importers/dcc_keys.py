"""National lists of EU DCC signers that give bare keys: in Swiss, Italian, French and Dutch spelling, or by country.

Without the certificate nothing ties a key id to its key, so these lists prove less than those with certificates. The
Swiss list does not say whose keys they are: they attest for any country, under the issuer `unstated`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from trust_registry.importers import health, keys, text
from trust_registry.importers.refusal import Refusal, Refused
from trust_registry.importers.source import Import, Source, gather, present, starts_with
from trust_registry.model import IssuerKey, Kind
from verifier.wire.json import Json, Object, as_array, as_object, as_text

NAME = "dcc-keys"

_MARKS = (b'"publicKeyPem"', b'"nl_keys"', b'"dsc_trust_list"', b'"use":"')
_LETTERS = {"v": Kind.VACCINATION, "t": Kind.TEST, "r": Kind.RECOVERY}
_DIGITS = {"1": Kind.TEST, "2": Kind.VACCINATION, "3": Kind.RECOVERY}
_DOTTED = re.compile(r"1\.3\.6\.1\.4\.1(?:\.0)?\.1847\.2021\.1\.([123])")  # extended key usages, in both arcs
_LIGHT, _LIGHT_TYPE = "l", "ch-light"  # a key for the Swiss `LT1:` certificates, and for nothing else
_SUBJECT_COUNTRY = re.compile(r"(?:^|, )C=([A-Za-z]{2})(?:,|$)")

_Entry = Callable[[], IssuerKey]


def recognises(source: Source) -> bool:
    """Tell the lists by the names of their first members."""
    return any(starts_with(source, mark) for mark in _MARKS)


def read(source: Source) -> Import:
    """Take every key as an `hc1` key, with the kinds and the country that its list states."""
    found, refused = gather(_entries(as_object(text.json_value(source.data))), lambda entry: [present(entry)()])
    return Import(tuple(found), tuple(refused))


def _entries(document: Object) -> Iterator[tuple[str, _Entry | None]]:
    """Give each entry's key id, and the way to read it in its list's spelling."""
    if "dsc_trust_list" in document:
        for country, group in as_object(document["dsc_trust_list"]).items():
            yield from _by_country(country, as_object(group))
    elif "eu_keys" in document:
        yield from _each(_dutch, as_object(document["eu_keys"]))
        yield from ((name, _refuse_idemix) for name in as_object(document.get("nl_keys", {})))
    else:
        yield from _each(_swiss if isinstance(next(iter(document.values()), None), list) else _french, document)


def _each(spelling: Callable[[str, Object], IssuerKey], document: Object) -> Iterator[tuple[str, _Entry | None]]:
    for key_id, value in document.items():
        for entry in value if isinstance(value, list) else [value]:
            yield key_id, None if entry is None else partial(_spelled, spelling, key_id, entry)


def _spelled(spelling: Callable[[str, Object], IssuerKey], key_id: str, entry: Json) -> IssuerKey:
    return spelling(key_id, as_object(entry))


def _swiss(key_id: str, entry: Object) -> IssuerKey:
    """Read a JWK without its type; for RSA it names the algorithm of certificates, not of credentials."""
    use = as_text(entry.get("use"))
    numbers = {name: entry[name] for name in ("x", "y", "crv", "n", "e") if entry.get(name) is not None}
    material = keys.from_jwk({**numbers, "kty": "RSA" if "n" in numbers else "EC"})
    if use == _LIGHT:
        light = health.bare_signer(material, text.base64_any(key_id), "CH", frozenset())
        return replace(light, scope=replace(light.scope, types=frozenset({_LIGHT_TYPE})))
    return health.bare_signer(material, text.base64_any(key_id), None, _kinds("" if use == "sig" else use))


def _french(key_id: str, entry: Object) -> IssuerKey:
    """Read a key with the subject and the window of its certificate; the Italian list is the same."""
    country = _SUBJECT_COUNTRY.search(as_text(entry.get("subject")))
    if country is None:
        raise Refused(Refusal.NO_COUNTRY)
    window = text.moment(as_text(entry.get("notBefore"))), text.moment(as_text(entry.get("notAfter")))
    return health.bare_signer(_spki(entry, "publicKeyPem"), text.base64_any(key_id), country[1], frozenset(), window)


def _dutch(key_id: str, entry: Object) -> IssuerKey:
    country = entry.get("ian")
    if not country:
        raise Refused(Refusal.NO_COUNTRY)
    usage = "".join(map(as_text, as_array(entry.get("keyUsage"))))
    return health.bare_signer(
        _spki(entry, "subjectPk"), text.base64_any(key_id), as_text(country).upper(), _kinds(usage)
    )


def _refuse_idemix() -> IssuerKey:
    """Refuse the Dutch domestic keys: they verify zero-knowledge proofs of a format that ended in 2022."""
    raise Refused(Refusal.NO_FORMAT)


def _by_country(country: str, group: Object) -> Iterator[tuple[str, _Entry | None]]:
    usages = as_object(group.get("eku", {}))
    for place, entry in enumerate(as_array(group.get("keys"))):
        jwk: Object = {name: value for name, value in as_object(entry).items() if value is not None}
        key_id = as_text(jwk.get("kid"))
        yield f"{country} {place}", partial(_of_country, country, key_id, jwk, usages.get(key_id))


def _of_country(country: str, key_id: str, jwk: Object, usages: Json) -> IssuerKey:
    letters = (_DOTTED.fullmatch(as_text(usage)) for usage in as_array(usages or []))
    kinds = frozenset(_DIGITS[found[1]] for found in letters if found)
    return health.bare_signer(keys.from_jwk(jwk), text.base64_any(key_id), country, kinds)


def _kinds(letters: str) -> frozenset[Kind]:
    """Read which kinds a key may attest; none named means any. Raises `Refused(MALFORMED)`."""
    if not set(letters) <= _LETTERS.keys():
        raise Refused(Refusal.MALFORMED)
    return frozenset(_LETTERS[letter] for letter in letters)


def _spki(entry: Object, name: str) -> keys.KeyMaterial:
    return keys.from_spki(text.base64_any(as_text(entry.get(name))))
