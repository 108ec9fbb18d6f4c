"""The station: processes that look, judge and forget, and what wires them together."""
