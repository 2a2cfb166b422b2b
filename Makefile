# One command each, from a fresh clone, with nothing but Python 3.11 or newer and its pip:
#   make site     the sample archive of this repository, built into site/
#   make serve    the same on http://127.0.0.1:8000/, each page made when it is asked for
#   make test     all tests; those that need a browser are skipped where there is none
#   make check    style and types
#   make bench    how fast it is, beside Hugo where that is installed, and that two hundred kills do no harm
#   make gauges   how well the site reads, by axe, the Nu checker, Lighthouse and stylelint: needs Chromium, Java and Node
#   make sample, make screenshots    what is committed of the sample archive, made anew
#   make clean    removes all that is made, but not the installed packages in .venv/

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# set by whoever publishes: the address that the site will have
URL ?=
# a file of versions to install instead of the newest: CI uses requirements/ci.txt
LOCK ?=
# how many articles 'make bench' builds: make bench SIZES="1000 10000"; RECORD=yes writes benchmarks/RESULTS.md
SIZES ?= 1000
RECORD ?=
# more words for pytest: make test TESTS="tests/serve -k host"
TESTS ?=

.PHONY: site serve test check sample screenshots bench gauges clean
.DEFAULT_GOAL := site

site: $(VENV)/installed
	$(BIN)/backfile build $(if $(URL),--url "$(URL)")
	@echo "Open site/index.html in a browser, or call 'make serve' to see changes as you make them."

serve: $(VENV)/installed
	$(BIN)/backfile serve

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile $(TESTS)

check: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# the committed sample, made anew from its saved pages: after a change of extraction; read the difference before you commit it
sample: $(VENV)/installed
	rm -rf content/articles content/media content/outlets content/seal content/*manifest-sha256.txt .backfile
	$(BIN)/backfile build

# the pictures in docs/images
screenshots: site $(VENV)/installed-dev
	$(BIN)/python docs/take_screenshots.py

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks $(SIZES) $(if $(RECORD),--record)
	$(BIN)/python -m tests.faults.killing 200

gauges: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.reading

clean:
	rm -rf site .backfile dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps lie in the environment itself: whoever deletes it deletes them. A changed pyproject.toml installs again; an
# environment that was interrupted while it was made is made anew.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.13 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/installed: pyproject.toml $(LOCK) | $(VENV)/made
	$(PIP) $(if $(LOCK),--constraint $(LOCK)) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml $(LOCK) | $(VENV)/made
	$(PIP) $(if $(LOCK),--constraint $(LOCK)) --editable '.[dev]'
	@touch $@ $(VENV)/installed
