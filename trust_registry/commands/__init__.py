"""The commands of `trust-registry`, one module each; a module exports `command` and is imported when asked for."""
