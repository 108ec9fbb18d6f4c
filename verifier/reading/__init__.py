"""From pixels to the exact bytes of the symbols in them. Knows no key, no policy and no verdict."""
