.DEFAULT_GOAL := help
SHELL := /bin/bash
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# One compiler for all projects of a build; some machines have it switched off, and then a build takes four times as long.
export UseSharedCompilation := true
DOTNET_QUIET := -v quiet -nologo -clp:ErrorsOnly
CALL := artifacts/bin/Rapida.Call/debug/Rapida.Call.dll

.PHONY: help run call barge-in test bench doctor format check prerequisites manifest migration

help: ## shows what you can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1 \t/' | expand -t 18

run: prerequisites ## starts the whole system on this machine: no Docker, no keys; Ctrl-C stops it
	@dotnet build $(DOTNET_QUIET) Rapida.AppHost
	@$(MAKE) --no-print-directory $(CALL)
	@RAPIDA_SERVERS=$${RAPIDA_SERVERS:-native} exec dotnet run --no-build --project Rapida.AppHost

call: $(CALL) ## places a call and prints the dialogue; WAV=file.wav says something else, TIMED=1 plays it straight; ECHO=200,15 lets the line echo
	@exec dotnet $(CALL) $(if $(WAV),--wav '$(WAV)') $(if $(TIMED),--timed) $(if $(ECHO),--echo '$(ECHO)')

barge-in: ## interrupts the assistant with a "mm-hm", a cough and words, and prints what it did with each
	@./eng/barge-in.sh

# Asked of make and not of dotnet build, which takes seconds to find that there is nothing to do.
$(CALL): $(shell find tools/Rapida.Call libraries/Rapida.Audio -name '*.cs*') $(wildcard Directory.*)
	@dotnet build $(DOTNET_QUIET) tools/Rapida.Call
	@touch $@

test: prerequisites ## runs every test against real PostgreSQL, Redis and RabbitMQ of its own
	@./eng/test.sh

bench: ## measures the media path: time and allocations per 20 ms frame
	@dotnet run -c Release --project tests/Benchmarks -- $(BENCH)

doctor: ## tells whether this machine is ready
	@./eng/doctor.sh

format: ## formats the code
	@dotnet format Rapida.sln --no-restore

check: ## what a commit should pass: format, build without a warning, every test
	@dotnet format Rapida.sln --verify-no-changes
	@$(MAKE) --no-print-directory test

prerequisites: ## installs what is missing, with apt-get: PostgreSQL, Redis, RabbitMQ, the local speech engines
	@./eng/prerequisites.sh

manifest: ## writes aspire-manifest.json, the system for a deployment
	@dotnet build $(DOTNET_QUIET) Rapida.AppHost
	@dotnet run --no-build --project Rapida.AppHost -- --publisher manifest --output-path $(CURDIR)/aspire-manifest.json

migration: ## adds a migration: make migration SERVICE=Rapida.Vault NAME=AddSomething
	@dotnet tool restore >/dev/null
	@dotnet ef migrations add $(NAME) --project services/$(SERVICE)
