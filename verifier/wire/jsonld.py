"""JSON-LD as the canonical statements that a signature covers; whatever would be left out of them is refused.

Contexts are those of a table of ours. PyLD does the work and is imported when the first document comes, since it is
large and most stations judge no JSON-LD: a station that does is rehearsed before its children are caged.
"""

from collections.abc import Callable, Iterator
from functools import cache

from verifier.verdict import Reason, Reject
from verifier.wire import rdfc
from verifier.wire.json import Json, Object

Contexts = Callable[[str], dict[str, object] | None]  # the table: a context by its address


def canonical(document: Object, digest: str, contexts: Contexts) -> bytes:
    """Write a document as N-Quads in their canonical order, by a hash (`sha256`, `sha384`) for blank nodes.

    Raises as `statements` does, and MALFORMED for what takes too long to put in order.
    Source: W3C RDF Dataset Canonicalization 1.0.
    """
    quads = statements(document, contexts)
    return "".join(rdfc.written(quads, rdfc.names(quads, digest))).encode()


def statements(document: Object, contexts: Contexts) -> list[rdfc.Quad]:
    """Give the statements of a document, none left out.

    Raises `Reject`: UNSUPPORTED_FORMAT for a context that we do not know, or without PyLD; MALFORMED for what is no
    JSON-LD, or uses a term that no context defines.
    Source: W3C JSON-LD 1.1 Processing Algorithms and API, sections 5 and 8.
    """
    _check_contexts(document, contexts)
    _check_names(document)
    _check_nodes(document)
    read = _library()
    if read is None:
        raise Reject(Reason.UNSUPPORTED_FORMAT)
    return list(read(document, contexts))


@cache
def _library() -> Callable[[Object, Contexts], Iterator[rdfc.Quad]] | None:
    """Import PyLD once. That it is not there is remembered too: a child in its cage cannot look again."""
    try:
        from verifier.wire import rdf  # noqa: PLC0415 - see above
    except ImportError:
        return None
    return rdf.statements


def _check_contexts(document: Object, contexts: Contexts) -> None:
    """Let contexts be addresses that the table has."""
    stated = document.get("@context")
    for address in stated if isinstance(stated, list) else [stated]:
        if not isinstance(address, str):
            raise Reject(Reason.MALFORMED)
        if contexts(address) is None:
            raise Reject(Reason.UNSUPPORTED_FORMAT)


def _check_names(document: Object) -> None:
    """Let a member be named by a term alone: keywords and addresses are other spellings, which nobody reads.

    Contexts stand at the top.
    """
    for inner in _objects(document):
        for member in inner.keys() - ({"@context"} if inner is document else set()):
            if member.startswith("@") or ":" in member:
                raise Reject(Reason.MALFORMED)


def _check_nodes(document: Object) -> None:
    """Let a node be described in one place: nobody could tell how an issuer parted what several places say together."""
    described: set[str] = set()
    for inner in _objects(document):
        node = inner.get("id")
        if isinstance(node, str) and len(inner) > 1:
            if node in described:
                raise Reject(Reason.MALFORMED)
            described.add(node)


def _objects(value: Json) -> Iterator[Object]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner)
