# The virtual environment, from a lock with hashes: pip brings uv (pinned and hashed as well), uv does the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run install install-dev test lint lint-quick format lock

help:            ## show this list
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

$(BIN)/uv: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "factbase needs Python 3.11 or newer as '$(PYTHON)'; name another with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "could not create $(VENV): is this directory writable, and python3-venv installed?" >&2; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(VENV)/installed: $(BIN)/uv requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

install: $(VENV)/installed  ## prepare .venv with what the site needs

install-dev: $(VENV)/installed-dev  ## prepare .venv with the development tools too

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(BIN)/uv  ## write requirements*.txt anew from pyproject.toml
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt pyproject.toml -o requirements-dev.txt
