"""The commands of `verifier`, one module each; a module exports `command` and is imported when it is asked for."""
