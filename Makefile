# Everything that is needed is set up by these targets: a Rust toolchain, make and a C compiler are enough.
CARGO ?= cargo
VARIORUM = target/release/variorum
DEMO_LEDGER = target/demo/ledger.db

.PHONY: build demo test web web-test

# With WHAT="--workspace --bins" what the tasks and tests of the whole workspace have compiled already is used.
build:
	@$(CARGO) build --release --locked --quiet $(WHAT)

# Reads the example reports into a fresh ledger and prints what they come to.
demo: build
	@rm -rf $(dir $(DEMO_LEDGER)) && mkdir -p $(dir $(DEMO_LEDGER))
	@$(VARIORUM) read examples/reports --actors examples/actors.toml --outlets examples/outlets.toml --ledger $(DEMO_LEDGER)
	@echo
	@$(VARIORUM) summary --ledger $(DEMO_LEDGER)

test:
	@$(CARGO) test --release --workspace --locked --quiet

# The pages of the reading room are kept built in web/dist, so that cargo alone makes the whole program. After a change
# under web/: this, with Node.js 20.19 or newer.
web:
	@cd web && npm ci --no-audit --no-fund --silent && npm run --silent check && npm run --silent build

# Drives the reading room in a browser. SHOTS=folder keeps pictures.
web-test: build
	@cd web && npm ci --no-audit --no-fund --silent && node --test tests/
