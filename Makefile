# Every target does its own set-up; tools go to .tools, which git ignores. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test check build pack bench deny sbom fuzz soak clean
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

help: ## this list
	@echo "CivMesh: make <target>"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build everything and start app and hub on this machine (REGION=path to a region.toml or .civmesh takes another region)
	@tools/setup.sh rust npm app
	@tools/run.sh "$(REGION)"

test: ## every check and every test; ends with "N passed, N failed, N skipped" (STAGES='format|worker' runs some)
	@tools/setup.sh rust npm app browser engines proxy deny
	@tools/test.sh

check: ## format and lints only
	@tools/setup.sh rust
	@STAGES='^(format|lints)' tools/test.sh

build: ## the release app into dist/ (REGION=… ships another region with it)
	@tools/setup.sh rust npm app
	@tools/build.sh "$(REGION)"

pack: ## the pack that ships with the app: the sample's, or REGION=region.toml
	@tools/setup.sh rust
	@tools/pack.sh "$(REGION)"

bench: ## the budgets: weight of the first screen and the benchmarks against peers
	@tools/setup.sh rust npm app browser
	@tools/build.sh
	@tools/bench.sh

deny: ## dependencies: licences, duplicates, sources, and advisories where their database can be reached
	@tools/setup.sh rust deny
	@tools/deny.sh all

sbom: ## what app, programs and tools are made of, as CycloneDX, into target/sbom
	@tools/setup.sh rust npm sbom
	@tools/sbom.sh

SECONDS_EACH ?= 60
fuzz: ## every decoder for SECONDS_EACH=60 on inputs that coverage leads to (DECODERS='message|pack' runs some)
	@tools/setup.sh rust
	@tools/fuzz.sh "$(SECONDS_EACH)" "$(DECODERS)"

SEEDS ?= 20000
FROM ?= 0
soak: ## the simulation of sync for SEEDS=20000 from FROM=0 on (FROM=7 SEEDS=1 plays seed 7 again and shows all of it)
	@tools/setup.sh rust
	@tools/simulate.sh "$(FROM)" "$(SEEDS)"

clean: ## delete what was built; the tools in .tools stay
	@rm -rf dist public/region.civmesh test-results playwright-report
	@cargo clean --quiet
