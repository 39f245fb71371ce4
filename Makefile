# 首问 Shouwen. `make run` starts it, `make test` tries it, `make help` lists the rest.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
SIZE ?= 100000
ARGS ?=
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench room lock translations screenshots migrations environment developer clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: environment  ## start everything with the demonstration company; ARGS="--port 9000" goes to `shouwen up`
	@exec $(BIN)/shouwen up --demo $(ARGS)

test: developer  ## everything, on SQLite and on PostgreSQL, with real servers and a real browser; ARGS goes to pytest
	@$(BIN)/python tools/prepare_test_machine.py
	@$(BIN)/python tools/test.py $(ARGS)

check: developer  ## the fast part (under a minute): style, types, imports, migrations, translations, unit tests
	@$(BIN)/python tools/check.py $(ARGS)

fix: developer  ## put the code into shape: format, and mend what can be mended by itself
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix .

bench: developer  ## fill SIZE cases (default 100000) and measure; writes docs/performance.md
	@$(BIN)/python -m bench --size $(SIZE) $(ARGS)

room: developer  ## the furniture of a new room: make room name=inspections
	@$(BIN)/python tools/new_room.py "$(name)"

lock: developer  ## resolve the newest versions that pyproject.toml allows into requirements*.txt
	@$(BIN)/python tools/lock.py $(ARGS)

translations: developer  ## compile the translations
	@$(BIN)/python tools/translations.py

migrations: developer  ## write the migrations for changed tables
	@DJANGO_SETTINGS_MODULE=shouwen.config.settings $(BIN)/python -m django makemigrations $(ARGS)

screenshots: developer  ## take the pictures of the README and the handbook with a real browser
	@$(BIN)/python tools/prepare_test_machine.py --only chromium
	@$(BIN)/python tools/test.py --only sqlite --screenshots docs/pictures $(ARGS)

clean:  ## remove the environment and what tests leave behind; data/ stays
	@rm -rf .venv .ruff_cache .mypy_cache .import_linter_cache .hypothesis test-results dist build

environment:
	@$(PYTHON) tools/bootstrap.py run

developer:
	@$(PYTHON) tools/bootstrap.py dev
