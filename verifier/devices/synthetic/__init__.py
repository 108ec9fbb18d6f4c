"""A synthetic camera: codes on phones and paper as a real sensor would see them, the same again for the same seed.

The chain is that of a camera: a symbol on its carrier (`sheet`), held somewhere (`shot`) in front of a place
(`scenery`), through lens, motion and sensor (`sensor`). `difficulties` says how hard; `camera` is the device.
"""
