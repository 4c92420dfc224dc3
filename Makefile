# `make run` shows the addon, `make test` checks it. Everything else is on the way.
PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE = 1
OUTAGE ?= 5
DAY ?= 5
SEED ?= 7
ONLY ?=
AGAIN ?=
MOST ?= 10000
MEASURE = PYTHONPATH=$(CURDIR)/scripts .nps/venv/bin/python
.PHONY: help run test check setup pot screenshots soak bench mutation replica wheel clean

help:
	@echo "make run    Odoo 19 with the demo company and a mail catcher"
	@echo "make test   lint and every test"
	@echo "make check  lint alone"
	@echo "make setup  only set up what run and test need"
	@echo "make pot    export i18n/nps.pot"
	@echo "make screenshots  README's pictures, from a demo that runs"
	@echo "make soak   bad days on real parts: kills, outages, crowds (22 minutes)"
	@echo "make bench  measure with 200,000 contacts and 1,000,000 interactions"
	@echo "make mutation  change the code in small ways: do the tests notice? (hours)"
	@echo "make replica  Odoo with a PostgreSQL read replica that lags and dies (5 minutes)"
	@echo "make wheel  build the addon's wheel into dist/"
	@echo "make clean  stop this checkout's own servers and remove .nps"

run:
	@$(PYTHON) scripts/run_demo.py

test:
	@$(PYTHON) scripts/run_tests.py

check:
	@$(PYTHON) scripts/check.py

setup:
	@$(PYTHON) scripts/toolchain.py --tests

pot:
	@$(PYTHON) scripts/export_pot.py

screenshots: setup
	@.nps/venv/bin/python scripts/screenshots.py

soak: setup
	@$(MEASURE) benchmarks/soak.py --outage $(OUTAGE) --day $(DAY) --seed $(SEED) $(ONLY:%=--only %)

mutation: setup
	@$(MEASURE) benchmarks/mutation.py --most $(MOST) $(ONLY:%=--only %) $(AGAIN:%=--again)

bench: setup
	@$(MEASURE) benchmarks/bench.py $(ONLY:%=--only %)

replica: setup
	@$(MEASURE) benchmarks/replica.py $(ONLY:%=--only %)

wheel:
	@$(PYTHON) scripts/build_wheel.py

clean:
	@$(PYTHON) scripts/clean.py
