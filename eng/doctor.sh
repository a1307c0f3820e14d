#!/usr/bin/env bash
# Is this machine ready? Says what is there, what is missing, and the command that brings it. With URL=… it looks at one webhook's signature instead.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ready=0

if [ -n "${URL:-}" ]; then exec node eng/signature.mjs; fi

say() { printf '  %-12s %s\n' "$1" "$2"; }
if version=$(dotnet --version 2>/dev/null); then say '.NET SDK' "$version"; else say '.NET SDK' 'missing: install .NET 10 from https://dot.net'; ready=1; fi
say 'make' "$(make --version | head -n 1)"
say 'node' "$(node --version 2>/dev/null || echo 'missing (make test, make bench and make doctor URL=… need it)')"
say 'python3' "$(python3 --version 2>/dev/null || echo 'missing (make test needs it)')"
say 'cores' "$(nproc), memory $(free -g | awk '/^Mem/ {print $2}') GB, disk $(df -h --output=avail . | tail -n 1 | tr -d ' ') free"
if ./eng/prerequisites.sh --check; then say 'packages' 'all there'; else ready=1; fi
for port in 5300 5340 5390; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then say "port $port" 'taken (fine if the system is running already)'; fi
done
[ $ready -eq 0 ] && echo 'Ready: make run' || echo 'Not ready.'
exit $ready
