import sys
import time
from itertools import permutations

import pytest

from verifier import limits
from verifier.catalogues import contexts
from verifier.verdict import Reason, Reject
from verifier.wire import jsonld
from verifier.wire.json import Json, Object

_V2 = "https://www.w3.org/ns/credentials/v2"
_EXAMPLE = "https://www.w3.org/ns/credentials/examples/v2"


def _canonical(document: Object, digest: str = "sha256") -> bytes:
    return jsonld.canonical(document, digest, contexts.context)


def _refusal(document: Object) -> Reason:
    with pytest.raises(Reject) as caught:
        _canonical(document)
    return caught.value.reason


def test_a_document_is_its_statements_in_order() -> None:
    document: Object = {"@context": [_V2], "id": "urn:a", "name": "Ada", "type": "VerifiableCredential"}
    assert _canonical(document) == (
        b"<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        b"<https://www.w3.org/2018/credentials#VerifiableCredential> .\n"
        b'<urn:a> <https://schema.org/name> "Ada" .\n'
    )
    assert _canonical(dict(reversed(document.items()))) == _canonical(document)


def test_the_hash_decides_the_order_of_blank_nodes() -> None:
    inner: list[Json] = [{"name": str(number)} for number in range(6)]
    document: Object = {"@context": [_V2, _EXAMPLE], "id": "urn:a", "parts": inner}
    assert _canonical(document) != _canonical(document, "sha384")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"@context": "https://unknown.example/v1"}, Reason.UNSUPPORTED_FORMAT),
        ({"@context": [_V2, "https://unknown.example/v1"]}, Reason.UNSUPPORTED_FORMAT),
        ({"@context": [_V2, {"vaccinated": "https://schema.org/name"}]}, Reason.MALFORMED),
        ({"@context": [_V2, {"@vocab": "urn:x:"}], "a": "b"}, Reason.MALFORMED),
        ({"@context": None}, Reason.MALFORMED),
        ({"name": "Ada"}, Reason.MALFORMED),
        ({"@context": [_V2], "issuer": {"@context": _EXAMPLE, "id": "urn:b"}}, Reason.MALFORMED),
        ({"@context": [_V2], "id": "urn:a", "isAdmin": True}, Reason.MALFORMED),
        ({"@context": [_V2], "id": "urn:a", "issuer": {"id": "urn:b", "isAdmin": True}}, Reason.MALFORMED),
        ({"@context": [_V2], "id": "relative", "name": "Ada"}, Reason.MALFORMED),
        ({"@context": [_V2], "id": "urn:a", "type": "Unheard"}, Reason.MALFORMED),
        ({"@context": [_V2], "id": 5}, Reason.MALFORMED),
        ({"@context": [_V2], "@id": {}, "@type": [1]}, Reason.MALFORMED),
        ({"@context": [_V2], "@reverse": 1}, Reason.MALFORMED),
        ({"@context": [_V2], "id": "urn:a", "https://schema.org/name": "Ada"}, Reason.MALFORMED),
        ({"@context": [_V2], "id": "urn:a", "issuer": {"id": "urn:a", "name": "Ada"}}, Reason.MALFORMED),
        ({"@context": [_V2], "evidence": [{"id": "_:a", "name": "A"}, {"id": "_:a", "name": "B"}]}, Reason.MALFORMED),
    ],
    ids=range(17),
)
def test_what_no_known_context_defines_is_refused(document: Object, reason: Reason) -> None:
    assert _refusal(document) is reason


def test_nodes_that_look_alike_are_refused_before_they_take_time() -> None:
    clique: list[Json] = [
        {"id": f"_:n{one}", "knows": [{"id": f"_:n{other}"} for other in range(7) if other != one]} for one in range(7)
    ]
    started = time.process_time()
    assert _refusal({"@context": [_V2, _EXAMPLE], "id": "urn:a", "parts": clique}) is Reason.MALFORMED
    assert time.process_time() - started < 1
    many: list[Json] = [{"name": str(number)} for number in range(limits.BLANK_NODES + 1)]
    assert _refusal({"@context": [_V2, _EXAMPLE], "id": "urn:a", "parts": many}) is Reason.MALFORMED


def test_two_nodes_that_look_alike_are_put_in_order() -> None:
    pair: list[Json] = [{"id": f"_:n{one}", "knows": {"id": f"_:n{1 - one}"}} for one in range(2)]
    forms = {
        _canonical({"@context": [_V2, _EXAMPLE], "id": "urn:a", "parts": list(order)}) for order in permutations(pair)
    }
    assert len(forms) == 1


def test_that_pyld_is_not_there_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child in its cage dies of the second look."""
    monkeypatch.setitem(sys.modules, "verifier.wire.rdf", None)  # as if importing it failed
    monkeypatch.delattr("verifier.wire.rdf", raising=False)
    jsonld._library.cache_clear()
    try:
        assert jsonld._library() is None
        monkeypatch.undo()
        assert jsonld._library() is None
    finally:
        jsonld._library.cache_clear()
