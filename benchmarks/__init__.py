"""What we measure, on this machine, with one command: `make bench`."""
