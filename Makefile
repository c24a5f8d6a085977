# make app   opens the app        make test  runs all checks and tests
# make bench prints the timings   make documents renews generated pages
# make docs  builds the documentation site in build/site
# make wheel-check builds the wheel and runs every command from it in a fresh environment
# make release builds wheel, source, offline file, bill of materials and sums in dist/
# make audit checks packages, pins and licences, and over the network known vulnerabilities
# make pictures takes the pictures of the app in docs/images anew
# make clean removes the environment
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed

.PHONY: app test wheel-check release audit pictures venv bench documents docs clean

app: $(READY)
	$(BIN)/hebei2025 app

test: $(READY)
	sh scripts/ensure_browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell docs README.md CHANGELOG.md
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/hebei2025 check scenarios/*.yaml --model
	$(BIN)/hebei2025 documents --check
	$(BIN)/python -m pytest

wheel-check: $(READY)
	$(BIN)/python -m release.check_wheel

release: $(READY)
	$(BIN)/python -m release

audit: $(READY)
	$(BIN)/python -m release.audit --advisories

pictures: $(READY)
	sh scripts/ensure_browser.sh
	$(BIN)/python -m benchmarks.screenshots
	$(BIN)/python -m benchmarks.question_pictures

bench: $(READY)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.bands
	$(BIN)/python -m benchmarks.browser
	$(BIN)/python -m benchmarks.slider_latency
	$(BIN)/python -m benchmarks.sessions
	$(BIN)/python -m benchmarks.memory

documents: $(READY)
	$(BIN)/hebei2025 documents

docs: $(READY)
	$(BIN)/python -m website

venv: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[all,test,docs,release]"
	touch $(READY)

clean:
	rm -rf $(VENV) build *.egg-info
