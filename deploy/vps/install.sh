#!/bin/sh
# Puts Alderbrook Public Library on this machine, updates it, or goes back. Written by `chatwright deploy vps`; run it as root.
#   ./install.sh             installs or updates: what is in bot/ and wheels/ becomes a version and is started
#   ./install.sh versions    lists them; the one in force is marked
#   ./install.sh rollback    goes back to the version before (or: rollback VERSION)
# A version that does not answer within 90 seconds is taken back by itself. Conversations stay in /var/lib/library.
set -eu
umask 022
name=library
home=/srv/$name
keep=5
cd "$(dirname "$0")"

[ "$(id -u)" = 0 ] || { echo "Run this as root." >&2 && exit 1; }
say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2 && exit 1; }
now() { basename "$(readlink "$home/current" 2>/dev/null || echo none)"; }
versions() { find "$home/versions" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %f\n' 2>/dev/null | sort -n | cut -d' ' -f2; }

answers() { # within 90 seconds
    tries=0
    until "$home/current/venv/bin/python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/ready', timeout=2)" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 90 ] || return 1
        sleep 1
    done
}

point() { # version: atomically, then start it
    ln -sfn "versions/$1" "$home/.next" && mv -T "$home/.next" "$home/current"
    systemctl restart "$name.service"
}

switch() { # version
    before=$(now)
    touch "$home/versions/$1"
    point "$1"
    if answers; then say "$1 is in force." && return; fi
    journalctl -u "$name.service" -n 20 --no-pager >&2 || true
    case $before in none | "$1") die "$1 does not answer, and there is nothing to go back to." ;; esac
    point "$before"
    die "$1 does not answer; $before is in force again."
}

rollback() { # [version]
    target=${1:-$(versions | grep -vx "$(now)" | tail -n 1)}
    [ -d "$home/versions/${target:-none}" ] || die "There is no version ${target:-before this one}."
    switch "$target"
}

secrets_are_there() {
    install -d -m 0700 "/etc/$name"
    missing=0
    [ "$missing" = 0 ] || exit 1
}

service() {
    unit=/etc/systemd/system/$name.service
    install -m 0644 chatwright.service "$unit"
    rm -rf "$unit.d/database.conf"
    if [ -s "/etc/$name/DATABASE_URL" ]; then
        install -d "$unit.d"
        printf '[Service]\nLoadCredential=DATABASE_URL:/etc/%s/DATABASE_URL\n' "$name" >"$unit.d/database.conf"
    fi
    systemctl daemon-reload
    systemctl enable --quiet "$name.service"
}

proxy() {
    command -v caddy >/dev/null || { say "Caddy is not installed (apt-get install caddy): nothing ends TLS yet." && return; }
    install -d /etc/caddy/sites
    install -m 0644 Caddyfile "/etc/caddy/sites/$name.caddy"
    grep -qs '^import sites/' /etc/caddy/Caddyfile || printf 'import sites/*.caddy\n' >>/etc/caddy/Caddyfile
    caddy validate --config /etc/caddy/Caddyfile --adapter caddyfile >/dev/null 2>&1 || die "The Caddyfile is not valid."
    systemctl reload caddy
}

install_version() {
    [ -f bot/bot.toml ] || die "bot/ is missing: run chatwright deploy vps where the bot was made."
    secrets_are_there
    deployment=$(cat bot/.chatwright/deployments/current)
    version=0.1.0-$deployment
    made=$home/versions/$version
    if [ ! -f "$made/.whole" ]; then
        rm -rf "$made"
        install -d "$made"
        python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || die "Python 3.11 or newer is needed."
        python3 -m venv "$made/venv"
        "$made/venv/bin/pip" install --quiet --no-deps --only-binary :all: -r requirements.txt
        "$made/venv/bin/pip" install --quiet --no-deps --find-links wheels "chatwright==0.1.0"
        cp -R bot "$made/bot"
        touch "$made/.whole"
    fi
    service
    switch "$version"
    proxy
    # The oldest go; the one in force never does.
    versions | grep -vx "$version" | head -n -"$((keep - 1))" | while read -r old; do rm -rf "${home:?}/versions/$old"; done
}

case ${1:-install} in
install) install_version ;;
versions) versions | sed "s/^$(now)\$/& (in force)/" ;;
rollback) rollback "${2:-}" ;;
*) die "Use: install.sh [install|versions|rollback [VERSION]]" ;;
esac
