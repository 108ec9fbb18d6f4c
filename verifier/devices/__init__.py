"""Hardware behind small protocols: one module for each real device, and a synthetic one for each."""
