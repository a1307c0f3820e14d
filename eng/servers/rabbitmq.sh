#!/usr/bin/env bash
# RabbitMQ with a port mapper (epmd) of its own, both on loopback.
set -euo pipefail
# shellcheck source=eng/servers/arguments.sh
. "$(dirname "${BASH_SOURCE[0]}")/arguments.sh"

server=$(need RabbitMQ '/usr/lib/rabbitmq/bin/rabbitmq-server')   # the one in sbin switches the user
epmd=$(need RabbitMQ '/usr/bin/epmd')

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# Away from the ports that the AppHost gives (20000 and up) and from those of outgoing connections (32768 and up).
next=$((10000 + port % 10000))
free_port() {
  until next=$((next + 1)); is_free "$next"; do :; done
}
free_port; export ERL_EPMD_PORT=$next ERL_EPMD_ADDRESS=127.0.0.1
free_port; export RABBITMQ_DIST_PORT=$next

cat >"$data/rabbitmq.conf" <<CONF
log.file = false
log.console = true
log.console.level = warning
CONF
if [ "$virtual_hosts" -gt 0 ]; then
  # With definitions of its own a node makes neither / nor guest by itself.
  names=(/); for ((i = 0; i < virtual_hosts; i++)); do names+=("t$i"); done
  each() { printf ",$1" "${names[@]}" | cut -c2-; }
  cat >"$data/definitions.json" <<JSON
{
  "users": [{"name": "guest", "password": "guest", "tags": "administrator"}],
  "vhosts": [$(each '{"name": "%s"}')],
  "permissions": [$(each '{"user": "guest", "vhost": "%s", "configure": ".*", "write": ".*", "read": ".*"}')]
}
JSON
  echo "load_definitions = $data/definitions.json" >>"$data/rabbitmq.conf"
fi
# A node of a name of its own, so that several can run on one machine; one name per folder, for the data is found by it.
export HOME=$data RABBITMQ_BASE=$data RABBITMQ_MNESIA_BASE=$data/mnesia RABBITMQ_LOG_BASE=$data/log
export RABBITMQ_CONFIG_FILE=$data/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$data/enabled_plugins RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_NODENAME=rapida@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port
# With these two the process that we start becomes the virtual machine itself. No busy waiting: the machine has others to serve.
export RABBITMQ_ALLOW_INPUT=1
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-noinput +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}'

setpriv --pdeathsig KILL "$epmd" -port "$ERL_EPMD_PORT" -address 127.0.0.1 &
mapper=$!
setpriv --pdeathsig TERM "$server" &
broker=$!
echo "$broker" >"$data/broker.pid"   # for a test that kills it

# An idle broker stops in about a second. One that takes longer is cut short: what was confirmed is on the disk.
stop() {
  kill -TERM "$broker" 2>/dev/null || return 0
  for _ in {1..25}; do
    sleep 0.1
    kill -0 "$broker" 2>/dev/null || return 0
  done
  kill -KILL "$broker" 2>/dev/null || true
}
trap stop TERM INT
until wait "$broker"; status=$?; ! kill -0 "$broker" 2>/dev/null; do :; done
kill "$mapper" 2>/dev/null || true
wait "$mapper" 2>/dev/null || true
exit "${status:-0}"
