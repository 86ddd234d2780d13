# Every target is a sentence of the workshop; CI calls only these. Needs make, python3 and python3-venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PORT ?= 8000
SUITE ?= tests
PACKAGES := erekon accounts adk audit bar reconciliation
# No real secret: linters and tests only need a value of the right length.
CHECK_ENV := SECRET_KEY=only-for-checks-0000000000000000000000000000000
SECRET = $$(cat var/secret-key)
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev secret demo-secret demo run worker test check fmt bench chaos soak docs pictures reset

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*##/\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# The stamp is a copy of the lock that was installed: a fresh checkout of the same lock installs nothing.
setup: $(BIN)/python  ## make .venv and install the locked libraries (only when the lock changed)
	@cmp -s requirements.txt $(VENV)/.installed || cmp -s requirements-dev.txt $(VENV)/.installed-dev || { \
		$(PIP) install --quiet --require-hashes -r requirements.txt && cp requirements.txt $(VENV)/.installed; }

setup-dev: $(BIN)/python
	@cmp -s requirements-dev.txt $(VENV)/.installed-dev || { \
		$(PIP) install --quiet --require-hashes -r requirements-dev.txt && \
		cp requirements-dev.txt $(VENV)/.installed-dev && cp requirements.txt $(VENV)/.installed; }

secret: $(BIN)/python
	@mkdir -p var
	@test -s var/secret-key || (umask 077; $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(48))" > var/secret-key)

demo-secret: $(BIN)/python
	@mkdir -p var/demo
	@test -s var/demo/secret-key || (umask 077; $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(48))" > var/demo/secret-key)

demo: setup demo-secret  ## a month of an invented KPPN with every situation, then the portal on 127.0.0.1
	@export SECRET_KEY="$$(cat var/demo/secret-key)" DEBUG=false BIND="$${BIND:-127.0.0.1}" \
		DATABASE_URL="sqlite:///$(CURDIR)/var/demo/erekon.sqlite3" MEDIA_ROOT="$(CURDIR)/var/demo/media" \
		EREKON_DEMO_ACCOUNTS="$(CURDIR)/var/demo/accounts.json" BROKER_URL=; \
	$(BIN)/python manage.py demo

run: setup secret  ## web, worker and scheduler on the run contract's variables
	@export SECRET_KEY="$${SECRET_KEY:-$(SECRET)}"; $(BIN)/python manage.py migrate --verbosity 0 && $(BIN)/python manage.py serve

worker: setup secret  ## one more worker alone, beside a running portal
	@export SECRET_KEY="$${SECRET_KEY:-$(SECRET)}"; $(BIN)/python manage.py serve --without web --without beat

test: setup-dev check  ## linters, then the suite (groups that need an absent service say so at the end)
	@mkdir -p var
	$(BIN)/python -m pytest -n 2 $(SUITE)

check: setup-dev  ## the fast linters alone
	@mkdir -p var
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit --quiet --severity-level high --recursive $(PACKAGES)
	$(CHECK_ENV) $(BIN)/mypy $(PACKAGES)
	$(BIN)/djlint templates --lint --quiet
	$(CHECK_ENV) $(BIN)/python manage.py check --fail-level WARNING
	$(CHECK_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(CHECK_ENV) $(BIN)/python manage.py write_docs --check

fmt: setup-dev  ## let the formatters write
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-dev  ## figures beside their rivals; the last line is JSON
	@$(CHECK_ENV) $(BIN)/python -m tests.bench

chaos: setup-dev  ## kills, races and forgeries at larger sizes; the last line is JSON
	@mkdir -p var
	@EREKON_SOAK=1 EREKON_KILLS=100 EREKON_CHAOS_JSON=1 $(BIN)/python -m pytest tests/faults tests/chaos

soak: setup-dev  ## the whole suite with the full figures instead of the seeded samples
	@mkdir -p var
	EREKON_SOAK=1 $(BIN)/python -m pytest -n 2 $(SUITE)

docs: setup-dev  ## write the generated pages of docs/ anew
	$(CHECK_ENV) $(BIN)/python manage.py write_docs

pictures: setup-dev  ## photograph the main pages into docs/pictures/
	@mkdir -p docs/pictures
	$(CHECK_ENV) $(BIN)/python -m tests.browser.pictures

reset:  ## forget all local data (var/, staticfiles/); the virtual environment stays
	rm -rf var staticfiles
