# OpenTRM. `make help` lists what there is.
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help setup demo demo-reset test test-postgres test-rules journey check fix types messages bench bench-quick docs lock vendor schemas canaries

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: $(STAMP) ## a virtual environment with everything, from hashed requirements

$(STAMP): requirements/run.txt requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "OpenTRM needs Python 3.11 or newer as $(PYTHON); set PYTHON=python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what OpenTRM needs (once) ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e . 2>/dev/null || $(BIN)/pip install --quiet --no-deps -e .
	@$(BIN)/python tools/compile_messages.py
	@touch $(STAMP)

demo: $(STAMP) ## two nodes on this machine, Serbia and Moldova, with an invented caseload; Ctrl-C stops them
	@$(BIN)/python tools/two_nodes.py

demo-reset: $(STAMP) ## wipe the demo
	@$(BIN)/python tools/two_nodes.py --reset

test: $(STAMP) ## the whole suite on SQLite
	@$(BIN)/python -m pytest
	@$(BIN)/python tools/say_journeys.py

test-rules: $(STAMP) ## the rules floor alone
	@$(BIN)/python -m pytest tests/rules

test-postgres: $(STAMP) ## the whole suite on PostgreSQL: OPENTRM_TEST_DATABASE_URL or a throwaway cluster
	@$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest

journey: $(STAMP) ## a real browser walks the main job over two nodes, with axe on every page
	@$(BIN)/python -m tests.journeys

canaries: $(STAMP) ## planted strings are searched for in everything a node writes
	@$(BIN)/python -m pytest tests/records/test_canaries.py

check: $(STAMP) ## lint, types, import contracts, migrations
	@$(BIN)/ruff format --check src tests tools bench
	@$(BIN)/ruff check src tests tools bench
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/python -m django makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/python -m django check
	@! grep -nE 'https?://|file://|--(extra-)?index-url|--find-links' requirements/*.txt

fix: $(STAMP) ## format and mend what can be mended
	@$(BIN)/ruff check --fix src tests tools bench
	@$(BIN)/ruff format src tests tools bench

types: $(STAMP) ## mypy alone
	@$(BIN)/mypy

messages: $(STAMP) ## collect every sentence for translators, and compile the catalogues
	@$(BIN)/python tools/collect_messages.py
	@$(BIN)/python tools/compile_messages.py

bench: $(STAMP) ## speed beside a plain Django admin, 10,000 and 100,000 cases, both databases
	@$(BIN)/python -m bench

bench-quick: $(STAMP) ## the same at 2,000 cases, to see that it runs
	@$(BIN)/python -m bench --quick

docs: $(STAMP) ## the documentation as pages in var/docs
	@$(BIN)/sphinx-build -q -b html docs var/docs

lock: ## (maintainers) lock the requirements with hashes; needs uv
	@for f in run dev; do uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --universal \
	  --python-version 3.11 --custom-compile-command "make lock" requirements/$$f.in -o requirements/$$f.txt; done

vendor: ## (maintainers) build the design system anew; needs npm
	@bash tools/vendor_assets.sh

schemas: $(STAMP) ## publish the JSON Schemas of profiles and messages in docs/schemas
	@$(BIN)/python tools/write_schemas.py
