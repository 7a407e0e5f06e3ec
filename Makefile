# Two commands do all set-up: `make demo` and `make test`. Each needs git, make and Python 3.11-3.13 with venv only.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
UV := .uv/bin/uv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(UV):
	@echo "· uv, in a folder of its own (.uv)"
	@$(PYTHON) -c 'import sys; v=sys.version_info[:2]; sys.exit(0 if (3,11)<=v<=(3,13) else "Liefernetz needs Python 3.11, 3.12 or 3.13, this is %d.%d. Try: make PYTHON=python3.12 …" % v)'
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

# The lock names versions and hashes, no addresses; bytecode is compiled once here (see warehouse/README.md).
$(READY): requirements.lock pyproject.toml | $(UV)
	@echo "· environment of requirements.lock (.venv)"
	@test -x $(BIN)/python || $(UV) venv --quiet --no-config --python $(PYTHON) $(VENV)
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python requirements.lock
	@$(UV) pip install --quiet --no-deps --python $(BIN)/python --editable .
	@touch $@

install: $(READY) ## install the locked environment into .venv

demo: $(READY) ## run the sample network through the whole line, with a real Airflow
	@$(BIN)/liefernetz demo $(ARGS)

serve: $(READY) ## start Airflow with our DAGs and stay
	@$(BIN)/liefernetz serve $(ARGS)

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest $(ARGS)

lint: $(READY) ## ruff, mypy, sqlfluff, import contracts, dbt manifest rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar dbt_project/models dbt_project/tests
	@$(BIN)/python -m tests.architecture.manifest_lint

bench: $(READY) ## performance as ratios measured in one run
	@$(BIN)/python -m tests.bench.run $(ARGS)

docs: $(READY) ## write the documentation pages of the KPIs from seeds and models
	@$(BIN)/python -m console.kpi_pages docs/kpis

lock: $(UV) ## resolve requirements.lock anew
	@$(UV) pip compile pyproject.toml --extra dev --universal --generate-hashes --quiet --no-header -o requirements.lock

clean: ## remove environments and everything the demo made
	@rm -rf $(VENV) .uv warehouse/data

.PHONY: help install demo serve test lint bench docs lock clean
