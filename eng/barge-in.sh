#!/usr/bin/env bash
# Interrupts the assistant's greeting with an "mm-hm", a cough and words, without and with echo on the line, and prints what it did with each.
# Ends with 0 only if it went on through the first two and stopped for the words. Starts the system for it if none runs.
set -euo pipefail
cd "$(dirname "$0")/.."

call=artifacts/bin/Rapida.Call/debug/Rapida.Call.dll
make --no-print-directory "$call"
exec dotnet "$call" --barge-in
