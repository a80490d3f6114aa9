# Every target first makes the environment it needs, in .venv, from requirements.lock.
# That is done once: a second `make` installs nothing. `make` alone lists the targets.

PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help environment reports test trial lab bench data lint lock audit clean

# matplotlib keeps its list of fonts here, not in the home folder: made once at set-up, it is there
# (and its "building the font cache" is not said in a notebook) even where the home folder is read-only.
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib

help:
	@echo 'make reports   run every notebook and write reports/index.html'
	@echo 'make test      check the code, the library and every notebook'
	@echo 'make lab       open notebooks/00_start_here.ipynb in JupyterLab'
	@echo 'make trial     try hard for MINUTES=10: random texts, kills, hostile files, a browser'
	@echo 'make bench     measure reports and parser'
	@echo 'make data      read the seeds into data/figures.csv anew, and check the tables of data/'
	@echo 'make lint      check how the code is written, and its types'
	@echo 'make lock      take the newest release of every dependency into requirements.lock'
	@echo 'make audit     look the locked releases up in the list of known vulnerabilities'
	@echo 'make clean     remove the environment, the reports and every cache'

reports: environment
	@$(RUN) -m auyl report

# The unit tests, ruff among them, and every notebook run anew and compared with its stored outputs,
# side by side.
test: environment
	@$(RUN) -m pytest --numprocesses logical --maxprocesses 8 --dist loadfile --nbval tests notebooks

# Opens on a workspace of this project's own and trusts its notebooks, so that their stored charts show before anything
# has run: those that are as git has them, since a notebook that came from elsewhere may do what it likes once trusted.
# What JupyterLab remembers of both lies in the environment: the user's own settings stay as they are.
lab: export JUPYTERLAB_WORKSPACES_DIR := $(CURDIR)/$(VENV)/workspaces
lab: NOTARY := --NotebookNotary.db_file=$(VENV)/notebooks.db --NotebookNotary.secret_file=$(VENV)/notebooks.key
lab: environment
	@$(RUN) -m jupyter lab workspaces import notebooks/start.jupyterlab-workspace >/dev/null 2>&1
	@$(unchanged_notebooks) | xargs -0 -r $(RUN) -m jupyter trust $(NOTARY) >/dev/null 2>&1
	@$(RUN) -m jupyter lab $(NOTARY) --LabApp.default_url=/lab/workspaces/auyl $(LAB_OPTIONS)

# The notebooks that are in git and are as it has them, each with a NUL behind it; none where there is no git.
define unchanged_notebooks
{ git ls-files -z -- 'notebooks/*.ipynb' 2>/dev/null || true; } \
  | while IFS= read -r -d '' notebook; do if git diff --quiet HEAD -- "$$notebook"; then printf '%s\0' "$$notebook"; fi; done
endef

# Random texts, kills at random moments, hostile files and injections, for as many minutes as are given.
MINUTES ?= 10
trial: environment
	@$(RUN) tests/trial.py $(MINUTES)

bench: environment
	@$(RUN) bench

data: environment
	@$(RUN) -m auyl figures seeds --out data/figures.csv
	@$(RUN) -m auyl record check

lint: environment
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

clean:
	@rm -rf $(VENV) reports build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis lib/auyl.egg-info
	@find lib tests bench notebooks -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} + 2>/dev/null || true

# ---- The environment -----------------------------------------------------------------------------
# Two stamps, each the last thing that its step writes: a step that was interrupted is done again.

environment: $(VENV)/.installed

# The locked packages. Starting from an empty folder leaves nothing behind of an older lock or of an
# interrupted run.
$(VENV)/.packages: requirements.lock
	@$(call find_python)
	@echo 'Making the Python environment in $(VENV), with the packages of requirements.lock. This is done once'
	@echo 'and takes one to three minutes (about 300 MB to fetch, 900 MB on disk).'
	@if [ -e $(VENV) ] && [ ! -e $(VENV)/.by-make ] && [ ! -e $(VENV)/.packages ]; then \
	    echo 'There is a $(VENV) here that make has not made. Move it away, or name another: make VENV=.venv-auyl'; exit 1; fi
	@$(PYTHON) -m venv --clear $(VENV) && touch $(VENV)/.by-make
	@env -u PIP_REQUIRE_VIRTUALENV $(RUN) -m pip install -qq --no-input --no-compile --disable-pip-version-check \
	    --require-hashes -r requirements.lock \
	  || { echo 'The packages could not be installed; the lines above say why. Run the same command again when that is mended.'; \
	       exit 1; }
	@echo '  compiling them, so that every later start is quick'
	@# Here and not by whoever imports first: where PYTHONDONTWRITEBYTECODE is set, nobody else ever would.
	@# A package may carry files for other versions of Python, which do not compile: that is no failure.
	@env -u PYTHONDONTWRITEBYTECODE $(RUN) -W ignore -m compileall -qq -j 0 $(VENV)/lib || true
	@$(RUN) -c 'import matplotlib.font_manager' 2>/dev/null
	@touch $@

# This package itself, editable: built by the hatchling of the lock, so nothing unpinned is fetched.
$(VENV)/.installed: $(VENV)/.packages pyproject.toml
	@$(RUN) -m pip install -qq --no-input --disable-pip-version-check --no-index --no-build-isolation --no-deps --editable .
	@touch $@
	@echo '  the environment is ready'

# Says in one sentence what is missing for an environment.
define find_python
command -v $(PYTHON) >/dev/null \
  || { echo 'There is no "$(PYTHON)" on this machine. Install Python 3.11 or newer (Debian, Ubuntu: sudo apt install python3 python3-venv), or name yours: make PYTHON=/path/to/python3'; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "auyl needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=python3.12"; exit 1; }; \
$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
  || { echo "$(PYTHON) has no venv module. Install it (Debian, Ubuntu: sudo apt install python3-venv, or $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')) and run the same command again."; exit 1; }
endef

# ---- The dependencies ----------------------------------------------------------------------------
# The tools that make and audit the lock are pinned too.
UV        := 0.13.9
PIP_AUDIT := 2.10.1

# Runs the tool $(1) in a virtual environment of its own, gone afterwards, as $$tools/bin/$(1).
define with_tool
tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; $(PYTHON) -m venv "$$tools"; \
"$$tools/bin/python" -m pip install -qq --no-input --disable-pip-version-check $(1)
endef

# One lock for all systems and for Python 3.11 and later. Packages found only on this machine stay out
# of it, and so does the address they came from.
lock:
	@$(call find_python)
	@$(call with_tool,uv==$(UV)); \
	env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS UV_NO_CONFIG=1 PIP_CONFIG_FILE=/dev/null \
	  "$$tools/bin/uv" pip compile pyproject.toml --extra all --extra dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --upgrade --system-certs --quiet --custom-compile-command 'make lock' --output-file requirements.lock
	@echo "requirements.lock pins $$(grep -c '^[A-Za-z0-9].*==' requirements.lock) packages. Next: make test"

# Asks the public list of known vulnerabilities, so it needs the network; the tests do not. A package that
# could not be looked up fails the audit: "nothing known" must not mean "nothing asked".
audit:
	@$(call find_python)
	@$(call with_tool,pip-audit==$(PIP_AUDIT)); "$$tools/bin/pip-audit" --strict --disable-pip --require-hashes --requirement requirements.lock
