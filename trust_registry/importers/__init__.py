"""Importers: one module for each kind of trusted list, bytes in, keys or a named refusal out."""

from trust_registry.importers import folder, gdhcn
from trust_registry.importers.source import Importer

ALL: tuple[Importer, ...] = (folder, gdhcn)
