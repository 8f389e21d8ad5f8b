# One command for each job. `make demo` and `make test` set up everything they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

NODE   := tests/witnesses/node

.PHONY: help demo test witnesses equivalence browser chromium java compat freeze check lint build build-check wheel-check bench bench-quick bench-scale fuzz golden kit docs serve clean

help:          ## what can be done
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1|/' | column -t -s '|'

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(VENV)/.installed $@

demo: $(VENV)/.installed    ## convert real Dutch licenses, validate them, and show a rejected filing
	@$(BIN)/python examples/demo.py

# Node.js is one of the judges of the rules; where it is missing the tests say so, and go on without.
$(NODE)/node_modules/.ready: $(NODE)/package-lock.json
	@if command -v npm >/dev/null; then cd $(NODE) && npm ci --silent --no-audit --no-fund && touch node_modules/.ready; \
	else echo "There is no Node.js: one witness of the rules will not be heard."; fi

test: $(VENV)/.ready $(NODE)/node_modules/.ready   ## all tests
	$(BIN)/python -m pytest

witnesses: $(VENV)/.ready $(NODE)/node_modules/.ready   ## all rules before all judges, and the table of what they say
	$(BIN)/python -m pytest tests/witnesses

equivalence: $(VENV)/.ready ## one verdict in both syntaxes, and nothing lost between them: all engines over the corpus, and the table
	EQUIVALENCE=all $(BIN)/python -m pytest -rP tests/equivalence tests/lossless

browser: $(VENV)/.ready chromium ## the tests of the HTML result in a real browser
	$(BIN)/python -m pytest tests/browser

chromium:      ## install Chromium and its driver where they are missing (Debian, Ubuntu)
	@command -v chromedriver >/dev/null && command -v chromium >/dev/null \
	|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver; }

java:          ## install Java, which Spark runs on, where it is missing (Debian, Ubuntu)
	@command -v java >/dev/null \
	|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless; }

lint: $(VENV)/.ready        ## style, types, and the form of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

build: $(VENV)/.ready       ## make the artifacts from the model
	$(BIN)/exportreport build

build-check: $(VENV)/.ready ## are the artifacts current?
	$(BIN)/exportreport build --check

kit: $(VENV)/.ready         ## the implementers' kit, as dist/exportreport-kit-VERSION.zip (docs/kit.md)
	$(BIN)/python -m kit.make

docs: $(VENV)/.ready        ## the documentation site, as build/site/html: open index.html there, no server is needed
	$(BIN)/python -m website.make
	cd build/site && NO_MKDOCS_2_WARNING=1 ../../$(BIN)/python -m mkdocs build --strict --quiet

serve: docs                ## the same, shown at http://127.0.0.1:8000
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site/html 8000

wheel-check: $(VENV)/.ready ## build the wheel and use it in an empty environment
	$(BIN)/python tests/wheel/check_wheel.py

compat: $(VENV)/.ready      ## what changed since the last release, and is the version raised for it? (docs/compat.md)
	$(BIN)/exportreport compat last current

freeze: $(VENV)/.ready      ## keep the standard as a release that later ones are compared with; FORCE=1 replaces it
	$(BIN)/exportreport build --freeze releases $(if $(FORCE),--force)

check: lint build-check compat test docs wheel-check bench-quick ## everything that must hold before a change is merged

bench: $(VENV)/.ready       ## measure speed against parsing and against others, and write the page of it
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python -W ignore -m bench.run --out bench/results.json
	$(BIN)/python -m bench.page
	$(BIN)/python -m bench.growth --out bench/growth.json
	$(BIN)/python -m bench.growth_page

bench-quick: $(VENV)/.ready ## the same, shorter: shows that the benchmark runs and what it gives
	$(BIN)/python -m bench.run --quick

bench-scale: $(VENV)/.ready ## large runs: time and memory of a million documents, two processes, kills, and growth (an hour; see docs/batch.md, docs/growth.md)
	$(BIN)/python -m bench.scale
	$(BIN)/python -m bench.checkpoint
	$(BIN)/python -m bench.growth --documents 1000000 --items 100000 --out bench/growth.json
	$(BIN)/python -m bench.growth_page

MINUTES ?= 4
SEED    ?= 1

fuzz: $(VENV)/.ready        ## try inputs nobody thought of; MINUTES and SEED can be given (docs/fuzzing.md)
	$(BIN)/python -m fuzz.run --minutes $(MINUTES) --seed $(SEED)

golden: $(VENV)/.ready      ## write the expected results of converters and examples anew
	$(BIN)/python -m pytest --golden tests/converters/test_template_tables.py
	$(BIN)/python tests/converters/conversion_cases.py
	$(BIN)/python -m pytest --golden tests/test_docs.py tests/compat/test_pages.py

clean:         ## remove the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis src/*.egg-info
