"""CertLogic: the rule language of the EU for health certificates, a small pure subset of JsonLogic with dates.

An expression is checked once, when its rule set is read (`validate`), and evaluated on the data of one certificate
(`evaluate`). Whatever it cannot answer raises `RuleError`, which the EU calls "open". Source: CertLogic 1.3.2.
"""

from verifier.certlogic.evaluate import evaluate, is_truthy
from verifier.certlogic.failure import RuleError
from verifier.certlogic.validate import validate

__all__ = ["RuleError", "evaluate", "is_truthy", "validate"]
