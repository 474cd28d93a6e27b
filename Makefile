# One command each; `make help` lists them. Each does its own set-up.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
.PHONY: help run demo index test lint format bench bench-search bench-access access-table mutants lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## set everything up and run the site on http://localhost:8000 (PORT=… for another)
	@echo "Preparing the intranet (about two minutes the first time)"
	@scripts/bootstrap.sh
	@exec $(PYTHON) -m intranet.supervisor

demo: ## write the demonstration content again
	@scripts/bootstrap.sh
	@$(PYTHON) -m intranet.supervisor prepare demo

index: ## build the search index anew
	@scripts/bootstrap.sh
	@$(PYTHON) -m intranet.supervisor prepare search_index

test: ## run every test, with coverage
	@scripts/bootstrap.sh dev
	@$(PYTHON) -m intranet.supervisor.catalogues
	@$(PYTHON) -m pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered --cov-fail-under=90 $(ARGS)

lint: ## style, types, import contracts, migrations, secrets, known weaknesses of dependencies
	@scripts/bootstrap.sh dev
	@scripts/lint.sh

format: ## put the code into the common style
	@scripts/bootstrap.sh dev
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

bench: ## requests a second of the main pages beside a bare Django view
	@scripts/bootstrap.sh bench
	@$(PYTHON) -m bench $(ARGS)

bench-search: ## all marks of the search: what it finds, how fast, on both engines
	@scripts/bootstrap.sh
	@$(PYTHON) -m bench.search $(ARGS)

bench-access: ## the rule of visibility at 10,000 pages, and the auditors' screen over a million events
	@scripts/bootstrap.sh
	@$(PYTHON) -m intranet.supervisor.catalogues
	@$(PYTHON) -m bench.access
	@$(PYTHON) -m bench.audit $(ARGS)

access-table: ## try every address as every reader and print who gets what
	@scripts/bootstrap.sh dev
	@$(PYTHON) -m intranet.supervisor.catalogues
	@$(PYTHON) -m tests.doors.show $(ARGS)

mutants: ## change the rule of visibility place by place and see that a test notices (ARGS=queries for one module)
	@scripts/bootstrap.sh dev
	@$(PYTHON) -m intranet.supervisor.catalogues
	@$(PYTHON) -m tests.mutants $(ARGS)

lock: ## choose new versions of the dependencies and write them down with their hashes
	@scripts/bootstrap.sh dev
	@scripts/lock.sh

clean: ## remove the environment and caches; the data in var/ stays
	rm -rf .venv .bootstrap .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage*
	rm -rf var/test-databases
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
