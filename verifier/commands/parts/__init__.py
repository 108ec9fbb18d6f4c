"""The processes of a station, one command each: a process imports what it needs and nothing of the others."""
