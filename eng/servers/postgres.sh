#!/usr/bin/env bash
# PostgreSQL. It refuses root, so as root it runs as the user postgres, who must be able to enter the folder above the data.
set -euo pipefail
# shellcheck source=eng/servers/arguments.sh
. "$(dirname "${BASH_SOURCE[0]}")/arguments.sh"

bin=$(dirname "$(need PostgreSQL '/usr/lib/postgresql/*/bin/postgres')")
as=()
if [ "$(id -u)" -eq 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  chown postgres:postgres "$data"
  "${as[@]}" test -w "$data" || { echo "The user postgres cannot enter $data: choose a folder outside of a private home" >&2; exit 1; }
fi
chmod 700 "$data"
cd "$data"

unsafe=()
if $ephemeral; then unsafe=(--no-sync); fi
# A first start that was cut short leaves cluster.new behind, and is done again.
if [ ! -d cluster ]; then
  rm -rf cluster.new databases
  "${as[@]}" "$bin/initdb" --pgdata=cluster.new --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    --no-instructions "${unsafe[@]}" >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
  mv cluster.new cluster
fi

# Made before the port opens, so that who can connect finds them.
touch databases
for name in "${databases[@]}"; do
  [[ $name =~ ^[a-z][a-z0-9_-]*$ ]] || { echo "'$name' is not a name for a database" >&2; exit 2; }
  if grep -qxF "$name" databases; then continue; fi
  "${as[@]}" "$bin/postgres" --single -D cluster postgres <<<"create database \"$name\"" >create.log 2>&1
  if grep -E 'ERROR|FATAL' create.log | grep -qv 'already exists'; then cat create.log >&2; exit 1; fi
  echo "$name" >>databases
done

settings=(-c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories= -c max_connections=300 -c log_min_messages=warning)
if $ephemeral; then settings+=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off); fi

# SIGINT is the fast stop: open sessions are cut, nothing is lost. It is also sent when this script is killed.
"${as[@]}" setpriv --pdeathsig INT "$bin/postgres" -D cluster "${settings[@]}" &
server=$!
trap 'kill -INT $server' TERM INT
until wait "$server"; status=$?; ! kill -0 "$server" 2>/dev/null; do :; done
exit "${status:-0}"
