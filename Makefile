# What people and CI run. `make help` lists it.

MODEL_RULES := acm-certificate-expiration-check,config-delivery-channel-sns,db-instance-backup-enabled,encrypted-volumes,iam-no-inline-policy-check,iam-policy-no-statements-with-admin-access,rds-cluster-backup-retention-check,restricted-ssh,s3-bucket-ssl-requests-only
TARGET := $(or $(CARGO_TARGET_DIR),target)
VITALS := $(TARGET)/lambda/vitals
VENV := .venv/installed
MODULES := tests/browser/node_modules/installed
BENCH := $(TARGET)/bench-venv/installed
ESTATE := examples/estate.json.gz --delivery-channels examples/delivery-channels.json --now 2026-11-21T00:00:00Z

.PHONY: help run run-all functions preflight test fmt clippy unit e2e browser pictures browser-tools unchanged soak fuzz sam-local test-sam-local bench bench-lambda venv deny generate

help: ## List the targets.
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: functions ## Run the model rules' real Lambda binaries over the sample estate.
	@$(VITALS) run $(ESTATE) --rules $(MODEL_RULES) || test $$? = 1

run-all: functions ## The same with every rule.
	@$(VITALS) run $(ESTATE) || test $$? = 1

functions: ## Build the command line and every function as they are deployed.
	cargo build --locked --profile lambda --package vitals --package functions --package reevaluate --bins

preflight: functions ## Find what AWS would refuse of a deployment; the tests do so too.
	@$(VITALS) preflight

test: fmt clippy unit functions e2e browser ## Everything that CI runs.

fmt:
	cargo fmt --all --check

clippy:
	cargo clippy --locked --workspace --all-targets -- -D warnings

unit: ## The tests that need nothing but Rust, generated files included.
	cargo test --locked

e2e: functions venv ## Real binaries, the SAM CLI, cfn-lint and botocore.
	cargo test --locked --package e2e

browser: functions browser-tools $(MODULES) ## The HTML report in a real browser: filtered, printed, by keyboard, with axe.
	VITALS=$(VITALS) node --test tests/browser/report.test.mjs

pictures: functions browser-tools $(MODULES) ## The pictures of docs/report.md.
	VITALS=$(VITALS) node tests/browser/pictures.mjs

# Debian's packages, where they are missing and can be installed.
browser-tools:
	@if test -z "$$(command -v chromium)" || test -z "$$(command -v pdftotext)"; then \
		if test "$$(id -u)" != 0 || test -z "$$(command -v apt-get)"; then \
			echo "The browser test needs chromium and pdftotext; on Debian: apt-get install chromium poppler-utils" >&2; exit 1; fi; \
		apt-get update --quiet --quiet && DEBIAN_FRONTEND=noninteractive \
			apt-get install --quiet --quiet --yes --no-install-recommends chromium fonts-dejavu-core poppler-utils; fi
	@command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' \
		|| { echo "The browser test needs node 20 or later, and npm" >&2; exit 1; }

$(MODULES): tests/browser/package-lock.json
	npm ci --prefix tests/browser --silent
	touch $@

unchanged: ## Edit a rule in a copy of the project, and show that the other functions stay byte-identical: a quarter of an hour.
	python3 tests/unchanged.py $(TARGET)/unchanged

soak: functions ## 100,000 invocations of one warm function with faults among them; the tests run a short form.
	VITALS_SOAK=100000 cargo test --locked --package e2e soak -- --nocapture

FUZZ_SECONDS := 600

fuzz: ## Ten minutes of hostile input for each reader; needs a nightly toolchain and cargo-fuzz.
	mkdir -p fuzz/corpus/event fuzz/corpus/item fuzz/corpus/policy fuzz/corpus/snapshot
	cargo +nightly fuzz run event fuzz/corpus/event events -- -max_total_time=$(FUZZ_SECONDS)
	cargo +nightly fuzz run item -- -max_total_time=$(FUZZ_SECONDS) -max_len=16384
	cargo +nightly fuzz run policy -- -max_total_time=$(FUZZ_SECONDS)
	cargo +nightly fuzz run snapshot fuzz/corpus/snapshot examples/estate -- -max_total_time=$(FUZZ_SECONDS) -max_len=16384

SAM_LOCAL = .venv/bin/python tests/sam_local.py --functions $(TARGET)/lambda --sam .venv/bin/sam

sam-local: functions venv ## Run RULE's function with `sam local invoke`, and show what AWS Config would hold; needs Docker.
	@test -n "$(RULE)" || { echo "error: say which rule: make sam-local RULE=restricted-ssh" >&2; exit 2; }
	@$(SAM_LOCAL) $(RULE)

test-sam-local: functions venv ## The same for one rule of each kind; where there is no Docker engine, it says so.
	@$(SAM_LOCAL) --optional restricted-ssh acm-certificate-expiration-check config-delivery-channel-sns

bench-lambda: functions venv $(BENCH) ## Time and memory of a function beside the same rule in Python; needs root, for a CPU cgroup.
	$(TARGET)/bench-venv/bin/python tests/bench/bench_lambda.py --functions $(TARGET)/lambda \
		--emulator .venv/lib/python3*/site-packages/samcli/local/rapid/aws-lambda-rie-x86_64

$(BENCH): tests/bench/requirements.txt
	python3 -m venv $(TARGET)/bench-venv
	$(TARGET)/bench-venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

SNAPSHOTS := $(foreach items,10000 100000 1000000,$(TARGET)/snapshots/$(items).json.gz)

bench: $(SNAPSHOTS) ## How fast `vitals check` is, and how much memory it takes: a quarter of an hour.
	cargo build --locked --release --package vitals
	python3 tests/bench/bench_check.py $(TARGET)/release/vitals $(SNAPSHOTS)
	cargo bench --locked --quiet --package vitals --bench parts

$(TARGET)/snapshots/%.json.gz:
	mkdir -p $(@D)
	cargo run --locked --release --quiet --package xtask -- snapshot $* $@

venv: $(VENV) ## The Python tools, in a virtual environment of the project's own.

$(VENV): tests/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	touch $@

generate: ## Make everything that is made from the rules' metadata.
	cargo xtask generate

deny: ## Licences, bans and sources of the dependencies; builds cargo-deny first, which takes minutes.
	cargo install --locked --quiet --root $(TARGET)/tools --version 0.20.2 cargo-deny
	$(TARGET)/tools/bin/cargo-deny check bans licenses sources
