# The virtual environment, from a lock with hashes: pip brings uv (pinned and hashed as well), uv does the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest
# As many processes as there are cores, each with a database of its own.
PARALLEL := -n auto --dist worksteal

.DEFAULT_GOAL := help
# Many containers set it, and every process of the tests would then compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run install install-dev install-train test test-sqlite test-postgresql test-nightly coverage lint lint-quick format messages hooks lock

help:  ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 28

# The server stays the whole of its line: a shell around it would have make complain after Ctrl-C.
run: $(VENV)/installed  ## prepare what is missing, then serve the site until Ctrl-C (FACTBASE_PORT=8000)
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) load_seeds
	@$(MANAGE) create_editor
	@$(MANAGE) serve

install: $(VENV)/installed  ## prepare .venv with what the site needs

install-dev: $(VENV)/installed-dev  ## prepare .venv with the development tools too

# Not from the lock: PyTorch without a graphics card's libraries is found by pip alone, in an index or a folder of yours.
install-train: $(VENV)/installed-dev  ## add what the tagger is trained with (large; the site does not need it)
	@$(BIN)/python -m pip install --quiet $$($(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["train"])')

# Both are run, also when the first fails.
test: $(VENV)/installed-dev  ## run every test on SQLite and on PostgreSQL (ARGS='-k name -x' for pytest)
	@$(MAKE) --no-print-directory --keep-going test-sqlite test-postgresql

test-sqlite: $(VENV)/installed-dev  ## on SQLite
	@$(PYTEST) $(PARALLEL) --database=sqlite $(ARGS)

test-postgresql: $(VENV)/installed-dev  ## on PostgreSQL: what a database can change
	@$(PYTEST) $(PARALLEL) --database=postgresql $(ARGS)

test-nightly: $(VENV)/installed-dev $(VENV)/clients/installed  ## run the slow tests too, and more generated examples (hours)
	@$(MAKE) --no-print-directory --keep-going test ARGS='--everything $(ARGS)'

coverage: $(VENV)/installed-dev  ## on SQLite, and say which lines of claims/ no test runs
	@$(PYTEST) --database=sqlite --cov $(ARGS)

lint-quick: $(VENV)/installed-dev  ## check style and formatting
	@echo "ruff check" && $(BIN)/ruff check --quiet
	@echo "ruff format --check" && $(BIN)/ruff format --quiet --check || { echo "make format mends it" >&2; exit 1; }

# An installation as it should be, and none of this machine's: what is checked is the code.
SOUND = FACTBASE_DATA_DIR=$(VENV)/lint FACTBASE_DEBUG=0 FACTBASE_BASE_URL=https://facts.example.org FACTBASE_PROXY_COUNT=1 DATABASE_URL=sqlite://:memory:
lint: lint-quick  ## check everything that needs no test: style, templates, import layers, migrations, settings, types
	@echo "djade" && git ls-files -z -- '*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	@echo "djlint" && $(BIN)/djlint --quiet --lint claims/templates factbase/templates
	@echo "import-linter" && $(BIN)/lint-imports > $(VENV)/lint.log || { cat $(VENV)/lint.log; exit 1; }
	@echo "makemigrations --check" && $(SOUND) $(MANAGE) makemigrations --check --dry-run
	@echo "check --deploy" && $(SOUND) $(MANAGE) check --deploy --fail-level WARNING
	@echo "mypy" && $(SOUND) $(BIN)/mypy

format: $(VENV)/installed-dev  ## put the code into the form that lint asks for
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format
	@git ls-files -z -- '*.html' | xargs -0 $(BIN)/djade --target-version 5.2

messages: $(VENV)/installed-dev  ## compile the translations, after a change of */locale/*/LC_MESSAGES/django.po
	@$(BIN)/pybabel --quiet compile --directory claims/locale --domain django
	@$(BIN)/pybabel --quiet compile --directory factbase/locale --domain django

hooks: $(VENV)/installed-dev  ## have git run lint-quick before each commit
	@$(BIN)/pre-commit install

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(BIN)/uv  ## write requirements*.txt anew from pyproject.toml
	$(LOCK) --extra russian pyproject.toml -o requirements.txt
	$(LOCK) --extra dev --extra russian --constraint requirements.txt pyproject.toml -o requirements-dev.txt

# --- .venv ------------------------------------------------------------------------------------------------------------
answer = $(shell $(PYTHON) -c '$(1)' 2>/dev/null)
NEEDED = factbase needs Python 3.11 or newer. Name yours: make PYTHON=/path/to/python3 $(MAKECMDGOALS)
define refuse-without-python
$(if $(shell test -w . && echo yes),,$(error $(CURDIR) cannot be written: factbase keeps its packages and its data in it))
$(if $(call answer,print(1)),,$(error '$(PYTHON)' does not run here; $(NEEDED)))
$(if $(call answer,import sys; sys.version_info >= (3, 11) and print(1)),,$(error '$(PYTHON)' is too old; $(NEEDED)))
$(if $(call answer,import ensurepip; import venv; print(1)),,$(error '$(PYTHON)' lacks its modules venv and ensurepip; Debian and Ubuntu have them in the package python3-venv))
endef
define or-say-why
> $(VENV)/install.log 2>&1 || { echo "The packages could not be installed (is there a way to the package index?); $(VENV)/install.log says more." >&2; exit 1; }
endef

$(BIN)/uv: requirements-uv.txt
	$(refuse-without-python)
	@echo "Preparing $(VENV) (once; a minute or so)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --require-hashes --retries 1 -r requirements-uv.txt $(or-say-why)
	@touch $@

# Compiled at once, so that every start is quick, also where .venv is read-only later; without a cache for an account
# that has no home.
CACHED = $(shell mkdir -p "$${UV_CACHE_DIR:-$${XDG_CACHE_HOME:-$$HOME/.cache}/uv}" 2>/dev/null && echo yes)
INSTALL = $(BIN)/uv pip install --python $(BIN)/python --require-hashes --compile-bytecode $(if $(CACHED),,--no-cache)
$(VENV)/installed: $(BIN)/uv requirements.txt
	@$(INSTALL) -r requirements.txt $(or-say-why)
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt $(or-say-why)
	@touch $@

# The generators of clients in TypeScript, which the nightly tests use.
$(VENV)/clients/installed: $(VENV)/installed-dev tests/clients/package-lock.json
	@mkdir -p $(VENV)/clients && cp tests/clients/package*.json $(VENV)/clients
	@(cd $(VENV)/clients && PATH="$(abspath $(BIN)):$$PATH" npm ci --ignore-scripts --no-audit --no-fund) $(or-say-why)
	@touch $@
