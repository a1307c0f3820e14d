#!/usr/bin/env bash
# Redis with nothing on disk: it holds only what can be rebuilt. It ends quickly on SIGTERM by itself.
set -euo pipefail
# shellcheck source=eng/servers/arguments.sh
. "$(dirname "${BASH_SOURCE[0]}")/arguments.sh"

server=$(need Redis '/usr/bin/redis-server')
exec "$server" --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$data" --loglevel warning
