.DEFAULT_GOAL := help
.PHONY: help run demo up migrate setup fmt check test bench clean-data

help: ## Shows this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ## Builds and starts the suite on SQLite in ./data, with one example case carried through it.
	cargo run -p redress -- up --demo --data ./data

up: ## Starts the suite on SQLite in ./data, without the example.
	cargo run -p redress -- up --data ./data

demo: ## Carries one example case through a suite that is running.
	cargo run -p redress -- demo

migrate: ## Brings the databases in ./data to this version, without starting anything.
	cargo run -p redress -- migrate

setup: ## Installs what the tests and checks need (PostgreSQL, Python, cargo-nextest, cargo-deny, buf).
	tests/setup

fmt: ## Lays out all Rust code.
	cargo fmt --all

check: ## Judges layout, lints, dependencies and the contract; changes nothing.
	tests/check

test: ## Runs every test, on SQLite and on a PostgreSQL of its own.
	tests/all

bench: ## Loads the real server and prints what it does beside what the machine can.
	cargo build --release --workspace --bins
	POSTGRES_FOLDER=/tmp tests/with-postgres $${CARGO_TARGET_DIR:-target}/release/redress-bench

clean-data: ## Removes ./data and everything in it.
	rm -rf ./data
