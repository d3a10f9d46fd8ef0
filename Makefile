# Everything that is needed is set up by these targets: a Rust toolchain, make and a C compiler are enough.
CARGO ?= cargo
VARIORUM = target/release/variorum
DEMO_LEDGER = target/demo/ledger.db

.PHONY: build demo test

build:
	@$(CARGO) build --release --locked --quiet

# Reads the example reports into a fresh ledger and prints what they come to.
demo: build
	@rm -rf $(dir $(DEMO_LEDGER)) && mkdir -p $(dir $(DEMO_LEDGER))
	@$(VARIORUM) read examples/reports --actors examples/actors.toml --outlets examples/outlets.toml --ledger $(DEMO_LEDGER)
	@echo
	@$(VARIORUM) summary --ledger $(DEMO_LEDGER)

test:
	@$(CARGO) test --release --workspace --locked --quiet
