# Every command of the project. `make run` and `make test` do all the set-up they need.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
# Tests of screens, of the whole service and of races want the machine for themselves.
ALONE := tests/browser tests/e2e tests/races
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONWARNINGS := ignore
unexport PYTHONDONTWRITEBYTECODE

##@ Every day
.PHONY: help run test talk telegram-webhook telegram-poll
help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Start everything; the assistant answers on 127.0.0.1:5005, the web on 8080
	@exec $(PY) -m bot.cli start

test: setup-tests train ## Run every check and every test, PostgreSQL and Chromium included
	@$(MAKE) --no-print-directory check
	@tools/with_postgres.sh $(PY) -m pytest -n 2 --dist loadfile $(addprefix --ignore=,$(ALONE))
	@tools/with_chromium.sh tools/with_postgres.sh $(PY) -m pytest $(ALONE)
	@$(MAKE) --no-print-directory test-nlu

talk: setup ## Chat with the running assistant in this terminal
	@$(PY) -m bot.cli talk

telegram-webhook: setup ## Tell Telegram where the bot lives, and its menu (docs/telegram.md)
	@$(PY) -m honcho run $(PY) -m bot.cli telegram-webhook

telegram-poll: setup ## Bring Telegram's messages to the running assistant, without a public address
	@$(PY) -m honcho run $(PY) -m bot.cli telegram-poll

##@ Building
.PHONY: setup setup-tests setup-plain train database lock migration widget
setup: ## Create the environment from requirements.lock (does nothing when it is up to date)
	@tools/setup.sh

setup-tests: ## The same, with what checks and tests need (requirements-test.lock)
	@tools/setup.sh test

setup-plain: ## The environment of the plain Rasa stack that is measured against, TensorFlow included
	@tools/setup.sh plain

train: setup ## Train the model if what it is made from has changed
	@$(PY) -m bot.assistant.rasa.training

database: setup ## Migrate the database and load the demonstration network
	@$(PY) -m bot.cli migrate
	@$(PY) -m bot.cli seed
	@$(PY) -m bot.cli demonstration

lock: ## Rebuild the locks from what the project asks for (upgrade=NAME moves one package, upgrade=all everything)
	@tools/lock.sh $(upgrade)

migration: setup ## Draft a migration: make migration name="add a column"
	@$(PY) -m bot.cli draft-migration "$(name)"

widget: ## Build the website's component from bot/widget/src (needs Node)
	@cd bot/widget && npm ci --loglevel=error && npx tsc --noEmit && node build.mjs

##@ Quality
.PHONY: check structure test-nlu test-fast bench bench-full bench-streams bench-live simulate content questions forget audit manifests backup restore load faults
check: setup-tests ## Format, lint, types, imports, training data
	@$(PY) -m ruff format --check --quiet . || (echo "Run: .venv/bin/ruff format ." && false)
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache > /tmp/cep-imports.txt 2>&1 || (cat /tmp/cep-imports.txt && false)
	@$(PY) -m bot.assistant.rasa.training --validate

structure: setup-tests ## Count rooms, arrows, imports and long functions against their bounds
	@$(PY) -m benchmarks.structure

test-fast: setup-tests ## Tests that need neither the model nor PostgreSQL
	@$(PY) -m pytest -m "not trained"

test-nlu: setup-tests train ## Understanding of sentences never trained on, with its figures
	@$(PY) -m tests.nlu.measure && $(PY) -m tests.nlu.pairs && $(PY) -m tests.nlu.two_questions

bench: setup-tests setup-plain train ## Measure against a plain Rasa stack in the same run
	@tools/with_chromium.sh $(PY) -m benchmarks

bench-full: setup-tests setup-plain train ## The same, the plain stack trained whole
	@tools/with_chromium.sh $(PY) -m benchmarks --full

simulate: setup-tests ## Live a year with 20,000 people by an injected clock, then check that nothing is wrong
	@$(PY) -m benchmarks.simulate

bench-streams: setup-tests train ## 200 people following and writing at once, on PostgreSQL
	@tools/with_postgres.sh $(PY) -m benchmarks.streams

bench-live: setup-tests train ## 100 live conversations with advisers, both sides writing, on PostgreSQL
	@tools/with_postgres.sh $(PY) -m benchmarks.live

content: setup ## Answers that expired or wait for a review
	@$(PY) -m bot.cli content

questions: setup ## Questions that were not understood (FOLDER=… drafts training files)
	@$(PY) -m bot.cli questions $(if $(FOLDER),--into "$(FOLDER)")

forget: setup ## What retention would erase (dry run)
	@$(PY) -m bot.cli forget

audit: setup ## Known vulnerabilities of the pinned packages, against docs/risk-register.md
	@tools/audit.sh

manifests: setup ## Check the Kubernetes manifests against the schemas of Kubernetes
	@tools/check_manifests.sh

##@ Operating
backup: setup ## Back the PostgreSQL database up: make backup to=FILE
	@tools/backup.sh "$(to)"

restore: setup ## Restore it into an empty one, without what was erased since: make restore from=FILE [erased=FILE]
	@tools/restore.sh "$(from)" $(erased)

load: setup-tests train ## What this machine carries, one assistant then two, on PostgreSQL: reports/load.md
	@tools/with_postgres.sh $(PY) -m benchmarks.load

faults: setup-tests train ## Stop each part in the middle of bookings and count what is lost: reports/faults.md
	@tools/with_postgres.sh $(PY) -m benchmarks.faults
