"""Runs what others published through `decide`, and accounts for every case.

`cases` reads the published files, `trust` turns a case's own trust into a registry view, `run` decides and scores,
`report` counts. Nothing here makes a verdict or knows what a case wants before the verdict is made.
"""
