"""RDF statements in their canonical order and names, within bounds on the work that similar nodes make.

Source: W3C RDF Dataset Canonicalization 1.0 (RDFC-1.0), section 4.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import permutations
from typing import NamedTuple

from verifier import limits
from verifier.verdict import Reason, Reject

_BLANK = "_:"


class Quad(NamedTuple):
    """A statement; each term is written as N-Quads do, a blank node begins with `_:`, no graph is empty."""

    subject: str
    predicate: str
    object: str
    graph: str = ""


_PLACES = (("s", 0), ("o", 2), ("g", 3))  # where a blank node may stand, and the letter for it

_Names = dict[str, str]  # a name for each blank node, in the order in which they were given


def names(quads: Iterable[Quad], digest: str) -> Mapping[str, str]:
    """Give the canonical name (`_:c14n0` and so on) of each blank node; `digest` is the hash's name.

    Raises `Reject(MALFORMED)` for more blank nodes, or more that look alike, than our bounds let through.
    """
    return _Naming.of(frozenset(quads), digest).name_all()


def written(quads: Iterable[Quad], named: Mapping[str, str]) -> list[str]:
    """Write each statement once as N-Quads, with these names for blank nodes, in order."""
    return sorted(_written(quad, named) for quad in frozenset(quads))


def _written(quad: Quad, names: Mapping[str, str]) -> str:
    return " ".join(names.get(term, term) for term in quad if term) + " .\n"


@dataclass(slots=True, eq=False)
class _Naming:
    """The naming of blank nodes: where each stands, what each looks like on its own, and the names given so far."""

    digest: str
    quads: dict[str, list[Quad]]
    looks: dict[str, str]
    names: _Names = field(default_factory=dict)
    searches: int = 0

    @staticmethod
    def of(statements: Iterable[Quad], digest: str) -> "_Naming":
        """Find the blank nodes, and what each looks like on its own."""
        quads: dict[str, list[Quad]] = defaultdict(list)
        for quad in statements:
            for node in dict.fromkeys(quad[place] for _, place in _PLACES if quad[place].startswith(_BLANK)):
                quads[node].append(quad)
        if len(quads) > limits.BLANK_NODES:
            raise Reject(Reason.MALFORMED)
        naming = _Naming(digest, quads, {})
        naming.looks.update((node, naming._look(node)) for node in quads)
        return naming

    def name_all(self) -> _Names:
        """Name every node: first those that look like no other, then the rest by what is around them."""
        alike: dict[str, list[str]] = defaultdict(list)
        for node, look in self.looks.items():
            alike[look].append(node)
        for _, nodes in sorted(alike.items()):
            if len(nodes) == 1:
                self._name(nodes[0])
        for _, nodes in sorted(alike.items()):
            found = [self._around(node, {node: f"{_BLANK}b0"}) for node in nodes if node not in self.names]
            for _, temporary in sorted(found, key=lambda one: one[0]):
                for node in temporary:
                    self._name(node)
        return self.names

    def _name(self, node: str) -> None:
        self.names.setdefault(node, f"{_BLANK}c14n{len(self.names)}")

    def _hash(self, text: str) -> str:
        return hashlib.new(self.digest, text.encode()).hexdigest()

    def _look(self, node: str) -> str:
        """Hash what is said of a node. Source: section 4.6, Hash First Degree Quads."""

        def seen(term: str) -> str:
            return term if not term.startswith(_BLANK) else f"{_BLANK}a" if term == node else f"{_BLANK}z"

        return self._hash("".join(sorted(_written(Quad(*map(seen, quad)), {}) for quad in self.quads[node])))

    def _neighbours(self, node: str, temporary: Mapping[str, str]) -> dict[str, list[str]]:
        """Group the blank nodes beside a node by how they stand to it. Source: section 4.7, Hash Related Blank Node."""
        groups: dict[str, list[str]] = defaultdict(list)
        for quad in self.quads[node]:
            for letter, place in _PLACES:
                other = quad[place]
                if other.startswith(_BLANK) and other != node:
                    known = self.names.get(other) or temporary.get(other) or self.looks[other]
                    groups[self._hash(letter + ("" if letter == "g" else quad.predicate) + known)].append(other)
        self.searches += 1
        if self.searches > limits.BLANK_NODE_SEARCHES or any(
            len(group) > limits.BLANK_NODES_ALIKE for group in groups.values()
        ):
            raise Reject(Reason.MALFORMED)
        return groups

    def _around(self, node: str, temporary: _Names) -> tuple[str, _Names]:
        """Hash what is around a node, with names for the way there. Source: section 4.8, Hash N-Degree Quads."""
        text = ""
        for standing, group in sorted(self._neighbours(node, temporary).items()):
            path, temporary = min(
                (self._path(order, temporary) for order in permutations(group)), key=lambda one: one[0]
            )
            text += standing + path
        return self._hash(text), temporary

    def _path(self, order: Iterable[str], temporary: _Names) -> tuple[str, _Names]:
        """Walk through nodes in an order, and on from each that is new; give the way in text, and the names given."""
        names, path, unseen = dict(temporary), "", []
        for node in order:
            if node not in self.names and node not in names:
                names[node] = f"{_BLANK}b{len(names)}"
                unseen.append(node)
            path += self.names.get(node) or names[node]
        for node in unseen:
            found, deeper = self._around(node, names)
            path += f"{names[node]}<{found}>"
            names = deeper
        return path, names
