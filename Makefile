VENV ?= .venv
PY := $(VENV)/bin/python

.PHONY: setup check unit test
setup: $(VENV)/ready
$(VENV)/ready: pyproject.toml
	python3 -m venv $(VENV)
	$(PY) -m pip install -q -e . mypy ruff import-linter deptry pytest hypothesis httpx numpy
	touch $@

check: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy --strict verifier trust_registry tests

unit: setup
	$(PY) -m pytest -q tests

test: check unit
