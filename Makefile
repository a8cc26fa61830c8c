# make run and make test are all a newcomer needs; make help lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
PORT ?= 8000
.DEFAULT_GOAL := help
.PHONY: help run test check journeys bench browser translations upgrade clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên: $(PYTHON) quá cũ."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Thiếu venv. Hãy chạy: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

TRANSLATION := contest_app/translations/en/LC_MESSAGES/messages
$(TRANSLATION).mo: $(TRANSLATION).po $(VENV)/installed
	@$(BIN)/pybabel --quiet compile -d contest_app/translations

run: $(VENV)/installed $(TRANSLATION).mo ## set everything up, load the demo once, serve on 127.0.0.1:8000
	@mkdir -p instance
	@$(FLASK) db upgrade
	@$(FLASK) demo load
	@$(FLASK) demo logins
	@echo "Mở trình duyệt tại http://127.0.0.1:$(PORT)   (Ctrl+C để dừng)"
	@$(BIN)/gunicorn --config deploy/gunicorn.conf.py --bind 127.0.0.1:$(PORT) wsgi:app

test: $(VENV)/installed-dev $(TRANSLATION).mo browser check ## check and test everything (SQLite, PostgreSQL, a real browser)
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal

check: $(VENV)/installed-dev $(TRANSLATION).mo ## style, types, translations, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy question_bank scoring exports
	$(BIN)/python -m pytest -q tests/guards/test_translations.py tests/guards/test_architecture.py

journeys: $(VENV)/installed-dev $(TRANSLATION).mo browser ## only the three people's days in the browser
	$(BIN)/python -m pytest tests/journeys

bench: $(VENV)/installed-dev ## load driver: start, save, submit beside a bare handler
	$(BIN)/python -m bench.load

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	if [ "$$(id -u)" = 0 ]; then apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install chromium; \
	elif sudo -n true 2>/dev/null; then sudo apt-get -qq update && sudo DEBIAN_FRONTEND=noninteractive apt-get -qq -y install chromium; \
	else echo "Các phép thử cần trình duyệt Chromium. Hãy chạy: sudo apt-get install chromium"; exit 1; fi

translations: $(VENV)/installed-dev ## gather new texts into the English catalogue, to be translated by hand
	$(BIN)/pybabel --quiet extract -F babel.cfg -k _l --no-location --sort-output --omit-header -o build-messages.pot .
	$(BIN)/pybabel --quiet update -i build-messages.pot -d contest_app/translations -l en --no-fuzzy-matching --ignore-obsolete
	@rm build-messages.pot

upgrade: ## fix the newest versions of requirements.in in requirements.txt
	@rm -rf build/upgrade && $(PYTHON) -m venv build/upgrade
	build/upgrade/bin/pip install --quiet --disable-pip-version-check -r requirements.in
	@{ sed -n '1p' requirements.txt; build/upgrade/bin/pip freeze; } > build/requirements.txt
	@mv build/requirements.txt requirements.txt && rm -rf build/upgrade

clean: ## remove what make made (the data in instance/ stays)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
