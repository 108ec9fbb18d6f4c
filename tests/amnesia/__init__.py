"""The proof that a station forgets: invented people, a search for everything of them, and leaks that it must find."""
