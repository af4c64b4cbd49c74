#!/bin/sh
# Find a Python that can run the set-up, installing Debian's when there is none, and hand over to it.
set -eu

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "Python 3 manque et sudo aussi. Demandez à l'administrateur : apt-get install python3" >&2
        exit 1
    fi
}

if ! command -v python3 >/dev/null 2>&1; then
    echo "Installation de Python 3 (apt-get install python3)…"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3 >/dev/null
fi

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 ou plus récent est nécessaire ; celui-ci est $(python3 --version 2>&1)." >&2
    echo "Que faire : utiliser Debian 12, Ubuntu 24.04 ou plus récent." >&2
    exit 1
fi

cd "$(dirname "$0")/../.."
exec python3 -m config.setup "$@"
