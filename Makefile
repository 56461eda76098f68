# What a person types. Everything that takes thought is in scripts/; `make` alone lists the verbs.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SILENT:
.PHONY: help setup web run test lint soak loop docs deploy-check clean
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BOT ?= examples/library
export TORCH_INDEX

# HOST counts only when it is given to make: some shells keep another thing under that name.
ADDRESS := $(if $(filter command,$(origin HOST)),--host $(HOST)) $(if $(PORT),--port $(PORT))

# Stamps lie in what they speak of: remove .venv or the built page and they are gone with it.
EVERYTHING := .venv/.everything
TO_RUN := $(if $(wildcard $(EVERYTHING)),$(EVERYTHING),.venv/.to-run)
PAGE := src/chatwright/server/web/index.html
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name test-results -prune \
    -o -name playwright-report -prune -o -type f -print 2>/dev/null)
PINS := pyproject.toml constraints.txt scripts/install

help:
	printf '%s\n' \
	  'make run      train the example bot if needed, evaluate it, serve it on http://127.0.0.1:8000' \
	  'make test     everything CI checks, with one summary' \
	  'make lint     the quick part of it: format, lint, types, layers, policy' \
	  'make setup    .venv with everything (training and development)' \
	  'make web      build the web app into src/chatwright/server/web' \
	  'make soak     the tests that run for long' \
	  'make loop     from thumbs-down to a better model on the example, with simulated users; measured' \
	  'make docs     the documentation as a site, in site/ (to look at it: make docs SHOW=1)' \
	  'make deploy-check  render all seven ways to deploy for the example, and check them with real tools' \
	  'make clean    remove what was built; keeps .venv and what bots have learned' \
	  '' \
	  'variables:    HOST=0.0.0.0 PORT=9000 BOT=path/to/bot PYTHON=python3.12' \
	  '              TORCH_INDEX=<url>  where torch comes from (README, "torch and GPUs")'

setup:
	scripts/together 'Python packages' '$(MAKE) $(EVERYTHING)'

web:
	scripts/together 'Web app' '$(MAKE) $(PAGE)'

run:
	scripts/together 'Python packages' '$(MAKE) $(TO_RUN)' 'Web app' '$(MAKE) $(PAGE)'
	.venv/bin/chatwright up $(BOT) $(ADDRESS)

test: setup
	scripts/test

lint: setup
	scripts/test lint

soak: setup web
	.venv/bin/python -m pytest -m soak -rP
	scripts/test console

deploy-check: setup
	scripts/deploy-check

loop: setup
	.venv/bin/python bench/loop.py $(BOT)

docs: setup
	PYTHONPATH=src NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs $(if $(SHOW),serve,build)

clean:
	rm -rf site src/chatwright/server/web web/node_modules web/test-results dist build \
	  .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src tests bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Python 3.11 or newer is needed: name one with `make PYTHON=/path/to/python3`.' >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.to-run: $(PINS) | .venv/bin/python
	scripts/install train && touch $@

$(EVERYTHING): $(PINS) | .venv/bin/python
	scripts/install train,dev,ray && touch $@

$(PAGE): $(WEB_SOURCES) scripts/web
	scripts/web $(PAGE) && touch $@
