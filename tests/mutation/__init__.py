"""Damages genuine presentations in every layer, and shows that no damage that matters passes."""
