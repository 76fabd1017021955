# Everything a person types here. Needs python3 and make; uv and the rest come from the lock file.
.DEFAULT_GOAL := help
.PHONY: help run app test test-sqlite test-postgresql test-devices check bench bench-app bench-retention openapi content-check format clean

PORT ?= 8000
DATA_DIR ?= var
UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin
READY := .venv/.ready
export PORT DATA_DIR

# Built from what is installed and from these; a file that is older than any of them is built again.
APP := client/dist/app/index.html
APP_SOURCES := $(shell find client/src client/web client/assets client/bundle rules/src -type f -not -name '*.pyc')

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) $(APP) ## Serve everything on http://localhost:$(PORT), data in $(DATA_DIR)/; Ctrl-C stops.
	@exec $(BIN)/python deploy/local/run.py

test: $(READY) $(APP) ## Run every test, what meets a database on SQLite and on PostgreSQL, and check the coverage.
	@deploy/local/system-packages test
	@rm -f .coverage .coverage.* .test-counts
	@$(MAKE) --no-print-directory test-sqlite test-postgresql
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --include='handbook/*' --fail-under=90
	$(BIN)/coverage report --include='rules/*' --fail-under=100
	@awk '{ passed += $$1; failed += $$2; skipped += $$3 } END \
		{ print passed " tests passed, " failed " failed, " skipped " skipped, on SQLite and on PostgreSQL" }' .test-counts

test-sqlite: $(READY) $(APP)
	TEST_DATABASE=sqlite $(BIN)/coverage run -m pytest -q

test-postgresql: $(READY) $(APP)
	TEST_DATABASE=postgresql $(BIN)/coverage run -m pytest -q -m "not one_database" handbook tests

check: $(READY) ## Check style, types, architecture, migrations, OpenAPI and content.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/mypy -p tkd_rules -p tkd_client
	$(BIN)/mypy client/tests
	$(BIN)/mypy rules/tests client/src/main.py deploy/local/run.py deploy/gunicorn.conf.py manage.py
	DJANGO_SETTINGS_MODULE=handbook.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@$(MAKE) --no-print-directory openapi-check content-check
	$(UV) lock --check

SPECTACULAR := DJANGO_SETTINGS_MODULE=handbook.settings.test $(BIN)/python manage.py spectacular --format openapi-json --validate --fail-on-warn --file

app: $(READY) ## Build the web app under client/dist/app/ and print what a first visit transfers.
	@$(BIN)/python -m client.bundle

$(APP): $(READY) $(APP_SOURCES)
	@$(MAKE) --no-print-directory app

openapi: $(READY) ## Write openapi.json.
	$(SPECTACULAR) openapi.json

.PHONY: openapi-check
openapi-check: $(READY)
	@fresh=$$(mktemp) && trap 'rm -f "$$fresh"' EXIT && $(SPECTACULAR) "$$fresh" \
		&& cmp "$$fresh" openapi.json || { echo "openapi.json is stale: make openapi" >&2; exit 1; }

content-check: $(READY) ## Validate content/ and print how complete it is.
	@DJANGO_SETTINGS_MODULE=handbook.settings.test $(BIN)/python manage.py content_check

test-devices: $(READY) $(APP) ## Let three devices and the server disagree in 20,000 ways, which takes hours.
	DEVICE_RUNS=20000 $(BIN)/python -m pytest -q tests/test_devices_agree.py

bench: $(READY) ## Measure the server against a bare application in the same run; WRITE=1 keeps the table.
	@deploy/local/system-packages bench
	$(BIN)/python -m benchmarks.server $(if $(WRITE),--write)
	$(BIN)/python -m benchmarks.learning $(if $(WRITE),--write)
	$(BIN)/python -m benchmarks.drawing

bench-app: $(READY) ## Measure the app in a browser beside an empty one; WRITE=1 keeps the figures.
	@deploy/local/system-packages test
	$(BIN)/python -m benchmarks.app $(if $(WRITE),--write)

bench-retention: $(READY) ## Ask simulated learners what SM-2 and FSRS are worth; WRITE=1 keeps tables and pictures.
	$(BIN)/python -m benchmarks.retention $(if $(WRITE),--write)

format: $(READY) ## Format the code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what was built; data in var/ stays.
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(READY): pyproject.toml rules/pyproject.toml client/pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --quiet
	@touch $@

$(UV):
	@python3 -m venv .tools || { echo "python3 lacks venv (Debian: sudo apt-get install python3-venv)" >&2; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
