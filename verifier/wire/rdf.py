"""The part of JSON-LD that PyLD does: from a document to statements. `jsonld` alone imports this."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from types import SimpleNamespace

from pyld import ContextResolver, jsonld

from verifier.verdict import Reason, Reject
from verifier.wire.json import Object
from verifier.wire.rdfc import Quad

# PyLD numbers contexts with uuid1, which asks a daemon through a socket and tells the time: a count will do.
jsonld.uuid = SimpleNamespace(uuid1=count().__next__)

# What PyLD raises on documents that are not what it expects, beside its own error.
_ERRORS = (jsonld.JsonLdError, TypeError, ValueError, KeyError, AttributeError, RecursionError)

_NOWHERE = "https://relative.invalid/"  # where relative identifiers lead, so that they can be told

_Term = dict[str, str]


def _refuse(_name: str | None) -> None:
    """Refuse a member that no context defines: nobody signed it."""
    raise Reject(Reason.MALFORMED)


_PROCESSOR = jsonld.JsonLdProcessor(on_property_dropped=_refuse)

# Source: RDF Dataset Canonicalization 1.0, section 5, "Canonical N-Quads".
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    ord(character): escape
    for character, escape in {
        "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
    }.items()
}  # fmt: skip


def statements(document: Object, contexts: Callable[[str], object]) -> Iterator[Quad]:
    """Give the statements of a document, none left out. Raises `Reject(MALFORMED)`."""
    options = {"contextResolver": _resolver(contexts), "base": _NOWHERE}
    try:
        dataset: dict[str, list[dict[str, _Term]]] = _PROCESSOR.to_rdf(document, options)
    except _ERRORS:
        raise Reject(Reason.MALFORMED) from None
    for graph, quads in dataset.items():
        for quad in quads:
            subject, predicate, value = (_written(quad[part]) for part in ("subject", "predicate", "object"))
            yield Quad(subject, predicate, value, _graph(graph))


@cache
def _resolver(contexts: Callable[[str], object]) -> ContextResolver:
    """Keep the contexts of a table as PyLD takes them; one that the table lacks is no context to it."""
    return ContextResolver(
        {}, lambda address, _: {"contextUrl": None, "documentUrl": address, "document": contexts(address)}
    )


def _graph(name: str) -> str:
    if name == "@default":
        return ""
    return name if name.startswith("_:") else f"<{name}>"


def _written(term: _Term) -> str:
    match term["type"]:
        case "blank node":
            return term["value"]
        case "IRI" if not term["value"].startswith(_NOWHERE):
            return f"<{term['value']}>"
        case "IRI":  # it names nothing
            raise Reject(Reason.MALFORMED)
    text = f'"{term["value"].translate(_ESCAPES)}"'
    match term["datatype"]:
        case "http://www.w3.org/2001/XMLSchema#string":
            return text
        case "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString":
            return f"{text}@{term['language']}"
        case datatype:
            return f"{text}^^<{datatype}>"
