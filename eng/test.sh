#!/usr/bin/env bash
# Runs the tests against servers of their own, which end with them.
#   eng/test.sh                all tests
#   eng/test.sh Events Vault   those of tests/Events.Tests and tests/Vault.Tests
#   TESTS=FullyQualifiedName~Rotation eng/test.sh Vault   some of them, by dotnet test's filter
set -uo pipefail
cd "$(dirname "$0")/.."

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
export RAPIDA_FUZZ_REPORT=$results

# ---- servers: RabbitMQ first, for it takes longest; all of them start while the build runs

servers=() starting=()
next_port=$((20000 + RANDOM % 10000))
free_port() {
  until next_port=$((next_port + 1)); ! (exec 3<>"/dev/tcp/127.0.0.1/$next_port") 2>/dev/null; do :; done
}
start() {
  free_port
  local folder; folder=$(mktemp -d -t "rapida-$1-XXXXXX")
  eng/servers/ephemeral.sh $$ "$folder" "eng/servers/$1.sh" --ephemeral --port "$next_port" --data "$folder" "${@:2}" &
  servers+=($!)
  starting+=("$1 $! $next_port $folder")
}
await() {   # name, pid, port, folder
  until (exec 3<>"/dev/tcp/127.0.0.1/$3") 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || { echo "$1 did not start:"; cat "$4/output.log"; exit 1; }
    sleep 0.2
  done
}
finish() {
  kill "${servers[@]}" 2>/dev/null
  wait "${servers[@]}" 2>/dev/null
  dotnet build-server shutdown >/dev/null 2>&1
}
trap finish EXIT
trap 'exit 130' INT TERM

start rabbitmq --virtual-hosts 16; export RAPIDA_TEST_RABBITMQ="amqp://guest:guest@127.0.0.1:$next_port"
start postgres; export RAPIDA_TEST_POSTGRES="Host=127.0.0.1;Port=$next_port;Username=postgres"
start redis; export RAPIDA_TEST_REDIS="127.0.0.1:$next_port"

# ---- build: one compiler for all projects; without it a build takes four times as long

export UseSharedCompilation=true MSBUILDDISABLENODEREUSE=1
projects=() targets=(Rapida.sln)
if [ $# -gt 0 ]; then
  for name in "$@"; do projects+=("tests/$name.Tests/$name.Tests.csproj"); done
  targets=("${projects[@]}")
else
  mapfile -t projects < <(grep -l Microsoft.NET.Test.Sdk tests/*/*.csproj)
fi
# Twilio's own library, which CallControl's signatures are compared with, and Prism, which knows what Twilio takes.
peers=
if [[ $# -eq 0 || " $* " == *" CallControl "* ]]; then
  npm install --silent --no-audit --no-fund --no-package-lock --prefix tests/CallControl.Tests/npm >"$results/npm.log" 2>&1 &
  peers=$!
fi
for target in "${targets[@]}"; do
  echo "Building $target"
  dotnet build "$target" -v quiet >"$results/build.log" 2>&1 || { cat "$results/build.log"; exit 1; }
done
[ -z "$peers" ] || wait "$peers" || cat "$results/npm.log"
for server in "${starting[@]}"; do
  # shellcheck disable=SC2086
  await $server
done

# ---- run, two projects at once; the whole system alone, because a call is counted in milliseconds

run() {
  local name; name=$(basename "$1" .csproj)
  dotnet test "artifacts/bin/$name/debug/$name.dll" --nologo --results-directory "$results" ${TESTS:+--filter "$TESTS"} \
    --logger "trx;LogFileName=$name.trx" >"$results/$name.log" 2>&1
  local status=$? passed=0 failed=0 counters
  # <Counters total="12" executed="12" passed="11" failed="1" error="0" … />
  counters=$(grep -m 1 '<Counters ' "$results/$name.trx" 2>/dev/null)
  if [[ $counters =~ passed=\"([0-9]+)\".*failed=\"([0-9]+)\" ]]; then passed=${BASH_REMATCH[1]} failed=${BASH_REMATCH[2]}; fi
  # A process that died, or ran nothing, has failed, whatever its report says.
  if [ "$failed" -eq 0 ] && { [ $status -ne 0 ] || [ "$passed" -eq 0 ]; }; then failed=1; fi
  echo "$passed $failed" >"$results/$name.counts"
  if [ "$failed" -gt 0 ]; then cat "$results/$name.log"; fi
  printf '%-24s %4d passed, %d failed\n' "$name" "$passed" "$failed"
}
export -f run
export results
printf '%s\n' "${projects[@]}" | grep -v EndToEnd | xargs -r -P 2 -I{} bash -c 'run {}'
printf '%s\n' "${projects[@]}" | grep EndToEnd | xargs -r -I{} bash -c 'run {}'

# ---- the sum, last

read -r passed failed < <(awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }' "$results"/*.counts)
finish
trap - EXIT
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
