#!/bin/sh
# Makes the secrets that compose.yaml mounts, once; what is there stays. Written by `chatwright deploy compose`.
set -eu
cd "$(dirname "$0")"
umask 022
mkdir -p secrets
# The folder keeps others out; the files are read by the containers' own users, who are not you.
chmod 700 secrets

new() { # name: writes standard input, unless the file is there
    if [ -s "secrets/$1" ]; then cat >/dev/null; else cat >"secrets/$1" && echo "made secrets/$1"; fi
}
random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }

random | new POSTGRES_PASSWORD
random | new GRAFANA_PASSWORD
random | new CHATWRIGHT_SECRET
printf 'postgresql://bot:%s@postgres/bot' "$(cat secrets/POSTGRES_PASSWORD)" | new DATABASE_URL
printf 'write a key here, see compose.yaml' | new METRICS_KEY
missing=0
exit "$missing"
