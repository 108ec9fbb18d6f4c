"""Coverage-guided fuzzing of everything that meets a stranger's bytes."""
