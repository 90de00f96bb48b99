.DEFAULT_GOAL := help
.PHONY: help run serve demo migrate setup fmt check test bench clean-data image up down smoke

# What is deployed, and the compose command that is there.
SERVICES := complaints ice-liaison routing records-retention
COMPOSE ?= $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose) -p redress -f deploy/docker-compose.yml
PROFILE ?= release

help: ## Shows this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ## Builds and starts the suite on SQLite in ./data, with one example case carried through it.
	cargo run -p redress -- up --demo --data ./data

serve: ## Starts the suite on SQLite in ./data, without the example.
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

image: ## Builds the container image; PROFILE=dev builds in a fraction of the time.
	DOCKER_BUILDKIT=1 docker build --file deploy/Dockerfile --build-arg PROFILE=$(PROFILE) --build-arg REVISION=$$(git rev-parse --short HEAD) --tag redress:latest .

up: image ## Deploys the suite on this machine with Docker: PostgreSQL, one container for each service, a gateway on loopback.
	deploy/secrets.sh $(SERVICES)
	$(COMPOSE) up -d

down: ## Stops what `make up` started, and what watches it; the data stay.
	$(COMPOSE) down --remove-orphans

smoke: ## Drives a case through the deployed suite, and kills and restarts containers under it.
	COMPOSE="$(COMPOSE)" tests/smoke/run

clean-data: ## Removes ./data and everything in it.
	rm -rf ./data
