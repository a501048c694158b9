# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Debian's own Python first: python3-venv belongs to it, and kiosks run it.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
BIN := .venv/bin
CATALOGUES = $(patsubst %.po,%.mo,$(wildcard i18n/*.po))
CODE := domain sync kiosk assisted commands i18n resources deploy main.py tests
PYTEST_ARGS ?=
# One process a processor; a file of tests stays whole, for its fixtures are dear. `WORKERS=0` is one process.
WORKERS ?= auto

# Tests and checks need no screen; a developer who wants to watch sets QT_QPA_PLATFORM.
export QT_QPA_PLATFORM ?= offscreen
# The published API documents and worked examples lie beside the repository; tests that need them say so when they do not.
export LOKET_SHARED ?= $(abspath ../shared)
# The network of the machine is no business of a test that talks to 127.0.0.1.
export NO_PROXY := localhost,127.0.0.1,::1
export PYTHONUTF8 := 1

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | while IFS="$$(printf '\t')" read -r name says; do printf '  make %-14s %s\n' "$$name" "$$says"; done

.PHONY: setup
setup: ## everything on a bare Debian 12 machine: apt packages, .venv, pinned packages, compiled texts
	@PYTHON=$(PYTHON) deploy/setup.sh run test
	@$(MAKE) catalogues

.PHONY: catalogues
catalogues: $(CATALOGUES)
	@:

i18n/%.mo: i18n/%.po
	@$(BIN)/pybabel -q compile --input-file=$< --output-file=$@

.PHONY: run
run: setup ## opens the kiosk with simulated devices; without a screen the demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		if [ "$$QT_QPA_PLATFORM" = offscreen ]; then unset QT_QPA_PLATFORM; fi; \
		echo "Loket opens with simulated devices. Ctrl+C here ends it."; \
		exec $(BIN)/loket kiosk --simulate --windowed; \
	else \
		echo "There is no screen here, so Loket does its main job unattended."; \
		$(BIN)/loket demo --out build/demo && \
		echo "Pictures of every screen, receipts (PDF) and summary.json are in build/demo"; \
	fi

.PHONY: test
test: setup ## the whole test suite
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --max-worker-restart 0 $(PYTEST_ARGS)

.PHONY: check
check: lint types contracts content licences test ## lint, types, contracts, content, licences, tests: what CI runs

.PHONY: lint
lint: setup ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: format
format: setup ## mends what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: types
types: setup ## mypy, strict
	@$(BIN)/mypy $(CODE)

.PHONY: contracts
contracts: setup ## who may import whom
	@$(BIN)/lint-imports

.PHONY: content
content: setup ## services and texts: links, personas, B1 figures, translations
	@if [ -e commands/content.py ]; then $(BIN)/loket content check; \
	elif [ -d tests/content ]; then $(BIN)/pytest tests/content; \
	else echo "content: there is nothing to check yet"; fi

.PHONY: faults
faults: setup ## every fault run, short and long (half an hour), closing with one line of figures
	@deploy/setup.sh faults || echo "faults: what needs these packages says below that it did not run"
	@$(BIN)/python -m tests.faults

.PHONY: visits
visits: setup ## a thousand visits, alone and with a helper, each searched for what the one before left (two hours)
	@$(BIN)/python -m tests.faults --visits

.PHONY: week
week: setup ## a simulated week of 2,000 visits with random faults: memory, restarts, store (hours; LOKET_WEEK_VISITS=n)
	@$(BIN)/python -m tests.faults --week

.PHONY: spoken
spoken: setup ## every service with six keys and the screen off; fails on a text that was not spoken
	@$(BIN)/loket demo --keys-only --audio-only --out build/spoken

.PHONY: screens
screens: setup ## every screen, language, size and theme as contact sheets in build/screens
	@$(BIN)/python -m tests.screens --out build/screens

.PHONY: pictures
pictures: setup ## the README's pictures, of the real program
	@$(BIN)/python -m tests.pictures

.PHONY: accessibility
accessibility: setup ## the tests behind EN 301 549 and WCAG 2.2: docs/accessibility.md and an OpenACR file in build/accessibility
	@$(BIN)/python -m tests.accessibility.report

.PHONY: bench
bench: ## benchmarks next to the peers: docs/benchmarks.md and build/bench/*.json
	@PYTHON=$(PYTHON) deploy/setup.sh run test bench
	@$(MAKE) catalogues
	@$(BIN)/python -m tests.benchmarks

.PHONY: licences
licences: setup ## every package that runs in a kiosk has a licence that is allowed, and stands in docs/licences.md
	@$(BIN)/python -m deploy.licences

.PHONY: sbom
sbom: setup ## what is inside a kiosk, Python and Debian, as CycloneDX in build/sbom.cdx.json
	@PYTHON=$(PYTHON) deploy/audit.sh sbom

.PHONY: audit
audit: ## known leaks in what is pinned (needs a network; "Error 3" is: not asked) and dangerous habits in our code
	@PYTHON=$(PYTHON) deploy/audit.sh audit

.PHONY: fuzz
fuzz: ## what a card may say, guessed by coverage: TLV, MRZ, SOD, secure messaging, ten minutes each (LOKET_FUZZ_SECONDS=n)
	@PYTHON=$(PYTHON) deploy/fuzz.sh

.PHONY: lock
lock: setup ## renews requirements*.txt from requirements*.in; nothing younger than a week
	@deploy/lock.sh

.PHONY: package
package: setup ## build/loket_<version>_amd64.deb for Debian 12, the same bytes for the same commit
	@deploy/package.sh

.PHONY: package-test
package-test: ## installs that package in a fresh Debian 12, uses, upgrades and removes it (root; ten minutes)
	@deploy/package_test.sh

.PHONY: image
image: package ## build/loket_<version>_amd64.img: a Debian 12 that starts into Loket, read-only, with its parts list (root; ten minutes)
	@deploy/setup.sh image
	@deploy/image/build.sh

.PHONY: image-test
image-test: setup ## starts that image in QEMU without KVM: a stick, a visit, a power cut, a stopped window, forty ways out (half an hour)
	@deploy/setup.sh image
	@$(BIN)/python -m tests.image

.PHONY: clean
clean: ## removes what make made, .venv too
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@rm -f i18n/*.mo
