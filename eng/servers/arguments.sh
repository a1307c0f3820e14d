# Sourced by the servers beside it. Sets: port, data, ephemeral (true or false), databases, virtual_hosts.
usage="usage: $(basename "$0") --port PORT --data FOLDER [--ephemeral] [--database NAME]... [--virtual-hosts N]
  One server on loopback, in the foreground, with all its files in FOLDER; SIGTERM stops it and all that it started.
  --ephemeral  for tests: quick, and not safe against a power cut
  --database   (PostgreSQL) exists when the port opens; may be repeated
  --virtual-hosts  (RabbitMQ) beside / there are t0, t1, … up to this number of them"

port='' data='' ephemeral=false databases=() virtual_hosts=0
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2-}; shift 2 || break ;;
    --data) data=${2-}; shift 2 || break ;;
    --database) databases+=("${2-}"); shift 2 || break ;;
    --virtual-hosts) virtual_hosts=${2-}; shift 2 || break ;;
    --ephemeral) ephemeral=true; shift ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done
[[ $port =~ ^[0-9]+$ && -n $data && $virtual_hosts =~ ^[0-9]+$ ]] || { echo "$usage" >&2; exit 2; }

mkdir -p "$data"
data=$(realpath "$data")

# need NAME GLOB: prints the newest file that matches, or says what to do.
need() {
  local found
  found=$(compgen -G "$2" | sort -V | tail -n 1) || { echo "$1 is missing: run make prerequisites" >&2; exit 1; }
  printf '%s\n' "$found"
}
