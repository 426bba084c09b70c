# statpress: `make site` builds the site from nothing, `make test` proves it.
PYTHON ?= python3.11
BIN := .venv/bin
export TZ := UTC
export GX_ANALYTICS_ENABLED := false

.PHONY: site test check serve lock publish bench lighthouse clean browser words

site: .venv/ready  ## make the packages and the site, and say where it is
	$(BIN)/statpress build
	@echo "The site is in site/index.html. Look at it with: make serve"

publish: .venv/ready  ## make the data packages only
	$(BIN)/statpress publish

serve: .venv/ready  ## serve the site on this machine and rebuild it on change
	$(BIN)/statpress serve

test: .venv/ready browser  ## the whole test suite
	$(BIN)/pytest -n 2 --dist loadfile

check: .venv/ready  ## format, lint, strict types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready  ## measure builds, start-up, checks beside frictionless, and disclosure control beside its peers
	$(BIN)/python benchmarks/site --own --peer
	$(BIN)/python benchmarks/repository.py
	$(BIN)/python benchmarks/checks
	$(BIN)/python benchmarks/disclosure

lighthouse: site  ## ask Lighthouse about every kind of page, as on a phone; needs npm and chromium
	cd benchmarks/lighthouse && npm ci --ignore-scripts --no-fund --no-audit
	$(BIN)/python benchmarks/lighthouse

# Debian's chromium, for the browser tests, when this user may install it.
browser:
	@sh requirements/browser.sh

.venv/ready: requirements/uv.txt requirements/lock.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/lock.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $@

words: .venv/ready  ## bring the catalogues of words up to date with the code, for translators
	$(BIN)/python -c "from statpress.language.find import update_catalogues; update_catalogues()"

lock:  ## choose newer dependencies and lock them with hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--upgrade --extra dev --output-file requirements/lock.txt pyproject.toml
	echo "uv" | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --upgrade --output-file requirements/uv.txt -

clean:
	rm -rf .venv .cache site
