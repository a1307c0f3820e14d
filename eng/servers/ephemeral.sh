#!/usr/bin/env bash
# Runs a server for tests, and ends it and deletes its folder as soon as the process that wanted it is gone, however that went.
#   eng/servers/ephemeral.sh PID FOLDER COMMAND...    what it prints goes to FOLDER/output.log
set -euo pipefail

owner=$1 folder=$2; shift 2
mkdir -p "$folder"
exec >>"$folder/output.log" 2>&1 </dev/null

"$@" &
server=$!
tail --pid="$owner" -f /dev/null &
watch=$!

ended=false
trap 'ended=true' TERM INT
wait -n || true
if $ended || ! kill -0 "$watch" 2>/dev/null; then
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" || true
  rm -rf "$folder"
fi
# A server that ended by itself leaves its folder, so that its log can be read.
kill "$watch" 2>/dev/null || true
