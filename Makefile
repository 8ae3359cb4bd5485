# `make html` builds the site, `make test` runs all tests. Each sets up what it needs in .venv.

VENV := .venv
BIN := $(VENV)/bin
OUTPUT ?= output
PELICAN = $(BIN)/python -P -m evidence.plugin
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help html check devserver publish test gallery linkcheck lock clean
.DELETE_ON_ERROR:

help:
	@echo 'make html       check the content and build the site into $(OUTPUT)/'
	@echo 'make check      check the content without building'
	@echo 'make devserver  build, serve on http://localhost:8000 and rebuild on every change'
	@echo 'make test       run all tests, browser tests included'
	@echo 'make publish    build the public site (SITEURL=… BOOKING_URL=…)'
	@echo 'make gallery    write pages with every component of the theme into output-gallery/'
	@echo 'make linkcheck  follow every link of the built site (EXTERNAL=1: links to other sites too)'
	@echo 'make lock       choose newer versions of the dependencies'
	@echo 'make clean      remove everything that make made'

html: $(VENV)/.site
	@$(PELICAN) content -o $(OUTPUT) -s pelicanconf.py

check: $(VENV)/.site
	@$(BIN)/evidence check

devserver: $(VENV)/.site
	@$(PELICAN) -lr content -o $(OUTPUT) -s pelicanconf.py

publish: $(VENV)/.site
	@$(PELICAN) content -o $(OUTPUT) -s publishconf.py

test: $(VENV)/.test
	@$(BIN)/python tests/e2e/browser.py
	@$(BIN)/python tests/valid_html.py
	@$(BIN)/ruff check plugins tests
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n auto

gallery: $(VENV)/.site
	@$(BIN)/python tests/gallery.py output-gallery

linkcheck: $(VENV)/.test html
	@$(BIN)/python tests/follow_links.py $(OUTPUT) $(if $(EXTERNAL),--external)

lock: $(VENV)/.test
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --universal --upgrade --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --upgrade --python-version 3.11 --generate-hashes --no-header \
		--extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	@rm -rf $(VENV) output output-gallery .output-* .evidence-cache .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		plugins/*.egg-info

$(VENV)/bin/python:
	@[ -n "$(PYTHON)" ] || { echo 'Python 3.11 or newer is needed: install it, or run make PYTHON=/path/to/python3' >&2; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON) (once; about a minute) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo 'This Python cannot make virtual environments. On Debian: apt-get install python3-venv' >&2; exit 2; }

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m compileall -q plugins/evidence
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	@echo 'Setting up what the tests need …'
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
