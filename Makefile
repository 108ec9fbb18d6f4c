# Every command of this repository. `make run` and `make test` do all set-up by themselves; a second run has nothing to set up.
VENV ?= .venv
PYTHON ?= python3
CORPORA ?= ../shared/corpora
CASES ?= 200000
KILLS ?= 1000
CUTS ?= 200
SOAK_SECONDS ?= 120
PY := $(VENV)/bin/python
READY := $(VENV)/installed $(VENV)/tools
PIP := $(PY) -m pip -qq --disable-pip-version-check
UV := 0.13.9
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade

.PHONY: help run setup test check unit slow browser pictures conformance mutate fuzz vectors torture-registry bench bench-console bench-reading lock wheels clean
.PHONY: prove-amnesia soak

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18

run: $(VENV)/installed ## start the appliance in training mode, with a virtual camera and specimen passes
	$(VENV)/bin/verifier specimen .state/demo >/dev/null
	$(VENV)/bin/trust-registry demo .state/registry >/dev/null
	$(VENV)/bin/verifier run --training --settings demo/station.toml

setup: $(READY) ## prepare everything that run, check and test need

test: check unit ## all set-up, then every check and every quick test

check: $(READY) ## lint, format, types, layers of imports, dependencies
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/ruff format --quiet --check .
	$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --config imports.toml --no-logo >$(VENV)/imports.log || { cat $(VENV)/imports.log; false; }
	@$(VENV)/bin/deptry verifier trust_registry >$(VENV)/deptry.log 2>&1 || { cat $(VENV)/deptry.log; false; }

unit: $(READY) ## the quick tests
	$(PY) -m pytest -q -m "not slow and not browser" --ignore tests/published

slow: $(READY) ## the tests that need longer
	$(PY) -m pytest -q -m slow

browser: $(READY) ## the console's pages in headless Chromium, and where there is npm, against barriers
	tools/bootstrap chromium
	! command -v npm >/dev/null || tools/axe/fetch $(VENV)/axe
	$(PY) -m pytest -q -m browser

conformance: $(READY) ## what others published, from the folder that CORPORA names
	$(VENV)/bin/verifier conformance $(CORPORA)/health $(CORPORA)/vc $(CORPORA)/security/strictness
	CORPORA=$(CORPORA) $(PY) -m pytest -q tests/published

mutate: $(READY) ## damage CASES genuine presentations at random; none may pass
	$(PY) -m tests.mutation $(CASES)

vectors: $(READY) ## make every vector again
	$(PY) -m tests.make_vectors

torture-registry: $(READY) ## kill a sync KILLS times and cut its power CUTS times (needs root): no mixed image
	$(PY) -m tests.torture_registry $(KILLS) $(CUTS)

pictures: $(READY) ## make the documentation's pictures of the console again
	tools/bootstrap chromium
	tools/axe/fetch $(VENV)/axe
	PICTURES=docs/images $(PY) -m pytest -q -m browser -k "not fits and not eye and not dark and not ar-"

bench: $(READY) ## measure speed and memory; fails when an aim is missed
	$(PY) -m benchmarks

bench-console: $(READY) ## measure the console, and how soon a browser has painted a verdict
	tools/bootstrap chromium
	$(PY) -m benchmarks.console

bench-reading: $(READY) ## measure reading beside other engines: tables and plots, half an hour
	$(PY) -m benchmarks.reading $(if $(wildcard $(CORPORA)/qr/manifest.json),--photographs $(CORPORA)/qr)

prove-amnesia: $(READY) ## show that a station keeps nothing of the people it judged (ten minutes, as root)
	$(PY) -m tests.amnesia $(AMNESIA)

soak: $(READY) ## hold hostile codes up to a station for SOAK_SECONDS
	$(PY) -m tests.soak --seconds $(SOAK_SECONDS)

lock: $(READY) $(VENV)/uv ## choose the newest versions again and write their hashes
	$(COMPILE) pyproject.toml --group build -o requirements.txt
	$(COMPILE) pyproject.toml --group build --group dev --extra jsonld -c requirements.txt -o requirements-dev.txt
	$(MAKE) wheels

wheels: $(READY) $(VENV)/uv ## see that every pinned package has a wheel for both processors and both Pythons
	for python in 3.11 3.13; do for processor in x86_64 aarch64; do $(VENV)/bin/uv pip install --quiet --dry-run --only-binary :all: \
		--require-hashes --python-version $$python --python-platform $$processor-manylinux_2_36 --target $(VENV)/nowhere \
		-r requirements-dev.txt || exit 1; done; done

clean: ## remove everything that was built here
	rm -rf $(VENV) build dist *.egg-info .*_cache

# One environment, in steps that are done again only when what they are made from has changed.
$(VENV)/packages: requirements.txt
	tools/bootstrap python zbar
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.txt
	touch $@

$(VENV)/installed: $(VENV)/packages pyproject.toml
	$(PIP) install --no-index --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/tools: $(VENV)/packages requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	touch $@

$(VENV)/uv: $(VENV)/packages
	$(PIP) install uv==$(UV)
	touch $@
