.DEFAULT_GOAL := help
SHELL := /bin/bash
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# One compiler for all projects of a build; some machines have it switched off, and then a build takes four times as long.
export UseSharedCompilation := true
DOTNET_QUIET := -v quiet -nologo '-clp:ErrorsOnly;NoSummary'
BENCHMARKS := artifacts/bin/Benchmarks/release/Benchmarks.dll
SOAK ?= 50,10
CHAOS ?= 1000,12
CALL_TOOL := artifacts/bin/Rapida.Call/debug/Rapida.Call.dll

.PHONY: benchmarks load help run call dial chaos-calls barge-in replay soak test fuzz bench vad doctor format check prerequisites manifest openapi migration

help: ## shows what you can do here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1 \t/' | expand -t 18

run: prerequisites ## starts the whole system on this machine: no Docker, no keys; Ctrl-C stops it
	@dotnet build $(DOTNET_QUIET) Rapida.AppHost
	@$(MAKE) --no-print-directory $(CALL_TOOL)
	@RAPIDA_SERVERS=$${RAPIDA_SERVERS:-native} exec dotnet run --no-build --project Rapida.AppHost

call: $(CALL_TOOL) ## places a call and prints the dialogue; TO=+15559876543 rings another number, WAV=file.wav says something else, TIMED=1 plays it straight; ECHO=200,15 lets the line echo
	@exec dotnet $(CALL_TOOL) $(if $(TO),--to '$(TO)') $(if $(WAV),--wav '$(WAV)') $(if $(TIMED),--timed) $(if $(ECHO),--echo '$(ECHO)')

# AS has a meaning of its own to make, the assembler: it is ours when somebody has said it.
dial: OUTCOME = $(if $(filter command environment,$(firstword $(origin AS))),$(AS),answered)
dial: $(CALL_TOOL) ## has the assistant call TO=+15551234567, and prints what happens; AS=answered, busy, no-answer, failed, canceled or machine is what becomes of it
	@exec dotnet $(CALL_TOOL) --dial '$(or $(TO),+15551234567)' '$(OUTCOME)'

chaos-calls: $(CALL_TOOL) ## places 1000 calls in a system of its own while callbacks and answers get lost and CallControl is killed 12 times; CHAOS=100,2 is smaller
	@exec dotnet $(CALL_TOOL) --chaos '$(CHAOS)'

barge-in: $(CALL_TOOL) ## interrupts the assistant with a "mm-hm", a cough and words, and prints what it did with each
	@exec dotnet $(CALL_TOOL) --barge-in

replay: $(CALL_TOOL) ## decides a recorded call again, the last or CALL=id; SET='TurnTaking:Silence=00:00:01' shows what would have been otherwise
	@dotnet build $(DOTNET_QUIET) services/Rapida.MediaRelay
	@exec dotnet $(CALL_TOOL) --replay '$(or $(CALL),last)' $(SET)

soak: $(CALL_TOOL) ## holds 50 calls at once for ten minutes on scripted engines, and prints each service's memory; SOAK=10,2 is smaller
	@exec dotnet $(CALL_TOOL) --soak '$(SOAK)'

# Asked of make and not of dotnet build, which takes seconds to find that there is nothing to do.
$(CALL_TOOL): $(shell find tools/Rapida.Call libraries/Rapida.Audio -name '*.cs*') $(wildcard Directory.*)
	@dotnet build $(DOTNET_QUIET) tools/Rapida.Call
	@touch $@

test: prerequisites ## runs every test against real PostgreSQL, Redis and RabbitMQ of its own
	@./eng/test.sh

fuzz: prerequisites ## sends a million made-up webhooks, requests and socket messages, and prints what came of them; MESSAGES=100000 are fewer, SEED=7 repeats a run
	@RAPIDA_FUZZ_MESSAGES=$(or $(MESSAGES),1000000) RAPIDA_FUZZ_SEED=$(SEED) TESTS=FullyQualifiedName~Fuzzed ./eng/test.sh CallControl MediaRelay Gateway; \
		status=$$?; cat artifacts/test-results/*.fuzz; exit $$status

bench: ## measures the audio per 20 ms frame, ours and beside npm's (docs/benchmarks.md); BENCH='--filter *Vad*' only that, BENCH=relay the whole relay, BENCH=calls how fast calls are placed and answered
	@$(MAKE) --no-print-directory $(if $(filter calls,$(BENCH)),load,benchmarks)

load:
	@dotnet build $(DOTNET_QUIET) -c Release tools/Rapida.Call
	@exec dotnet $(subst /debug/,/release/,$(CALL_TOOL)) --load

benchmarks:
	@dotnet build $(DOTNET_QUIET) -c Release tests/Benchmarks
	@$(if $(BENCH),,npm install --silent --no-audit --no-fund --no-package-lock --prefix tests/Benchmarks/peers || true)
	@$(if $(BENCH),,dotnet $(BENCHMARKS) peers)
	@dotnet $(BENCHMARKS) $(BENCH)

vad: ## fetches the Silero voice detector, better in noise than the built-in one (optional)
	@./eng/vad.sh

doctor: ## tells whether this machine is ready; URL=… SIGNATURE=… PARAMS='{…}' why a webhook's signature does not hold
	@URL='$(URL)' SIGNATURE='$(SIGNATURE)' PARAMS='$(or $(PARAMS),{})' GATEWAY='$(GATEWAY)' KEY='$(KEY)' $(if $(CREDENTIAL),CREDENTIAL='$(CREDENTIAL)') ./eng/doctor.sh

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

openapi: prerequisites ## writes docs/openapi.json anew from what the services say of themselves
	@RAPIDA_OPENAPI=write TESTS=FullyQualifiedName~ApiDescriptionTests ./eng/test.sh Vault Deployments CallControl Recording

migration: ## adds a migration: make migration SERVICE=Rapida.Vault NAME=AddSomething
	@dotnet tool restore >/dev/null
	@dotnet ef migrations add $(NAME) --project services/$(SERVICE)
