# make demo   crawl the sample outlets and see what comes of it
# make test   all tests, on SQLite and on a real PostgreSQL
# make check  lint, types, layers
# make bench  what is measured, against whom; BENCH="dates crawl" for some of it
# make faults the table of faults, each provoked, with what came of it
# make soak   the long proofs: months, kills

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: demo test check bench faults soak lock clean

demo: $(INSTALLED)
	$(BIN)/newsmon newsstand --demo

test: $(INSTALLED)
	$(BIN)/python -m pytest -n auto $(TESTS)

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

faults: $(INSTALLED)
	$(BIN)/python -m tests.faults

bench: $(INSTALLED)
	$(BIN)/python -m bench $(BENCH)

soak: $(INSTALLED)
	$(BIN)/python -m bench --long

# The versions of requirements.lock, each checked against its hash; newsmon itself from this checkout.
$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newsmon needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# After a change of pyproject.toml: exact versions with their hashes, without addresses.
lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-annotate \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv demo
