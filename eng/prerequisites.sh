#!/usr/bin/env bash
# Brings what the system needs on a bare Debian machine: PostgreSQL, Redis, RabbitMQ, the local speech engines, the
# recorded callers of `make call`, and Python for the tests of its client. Starts no service: the AppHost and the tests run servers of their own, on own ports.
#   eng/prerequisites.sh           install what is missing (root or sudo)
#   eng/prerequisites.sh --check   say what is missing and exit 1
set -euo pipefail

declare -A wanted=(
  [postgresql]='/usr/lib/postgresql/*/bin/postgres'
  [redis-server]='/usr/bin/redis-server'
  [rabbitmq-server]='/usr/lib/rabbitmq/bin/rabbitmq-server'
  [libpocketsphinx3]='/usr/lib/*/libpocketsphinx.so.3'
  [libsphinxbase3]='/usr/lib/*/libsphinxbase.so.3'
  [pocketsphinx-en-us]='/usr/share/pocketsphinx/model/en-us/en-us/mdef'
  [libflite1]='/usr/lib/*/libflite_cmu_us_slt.so.1'
  [python3]='/usr/bin/python3'
  [espeak-ng]='/usr/bin/espeak-ng'
  [asterisk-core-sounds-en-wav]='/usr/share/asterisk/sounds/en_US_f_Allison/digits/1.wav'
)

missing=()
for package in "${!wanted[@]}"; do
  compgen -G "${wanted[$package]}" >/dev/null || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

install="apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends ${missing[*]}"
if [ "${1:-}" = --check ]; then
  echo "Missing on this machine: ${missing[*]}"
  echo "Bring it with: make prerequisites    (runs: apt-get update && $install)"
  exit 1
fi

sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "Run this as root, or install sudo: $install"; exit 1; }
  sudo=(sudo)
fi
echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive $install
