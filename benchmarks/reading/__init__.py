"""How well and how fast symbols are read: our readers and the engines that everybody else runs, on the same frames."""
