#!/usr/bin/env bash
# Plants bugs, one after another, in a copy of the sources, and has the simulation look for each: a simulation that does not find
# what was put there finds nothing. Without an argument all of them, otherwise those whose names contain it.
# Each patch beside this script says in its first line what is wrong.
set -euo pipefail

HERE=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
ROOT=$(cd -- "$HERE/../../.." && pwd -P)
SEEDS=${CME_PLANTED_SEEDS:-3000}
COPY=$(mktemp -d "${TMPDIR:-/tmp}/cme-planted.XXXXXX")
trap 'rm -rf "$COPY"' EXIT

main() {
    local patch name missed=0
    (cd "$ROOT" && git ls-files -z | tar --null --files-from=- -cf -) | tar -x -C "$COPY"
    for patch in "$HERE"/*.patch; do
        name=$(basename "$patch" .patch)
        if [ $# -eq 0 ] || wanted "$name" "$@"; then find_one "$name" "$patch" || missed=$((missed + 1)); fi
    done
    if [ "$missed" -gt 0 ]; then
        echo "$missed planted bugs were not found."
        exit 1
    fi
    echo "Every planted bug was found."
}

wanted() {
    local name=$1 part
    shift
    for part in "$@"; do
        if [[ $name == *"$part"* ]]; then return 0; fi
    done
    return 1
}

find_one() {
    local name=$1 patch=$2 log=$COPY/$1.log
    printf '  %-32s ' "$name"
    if ! patch -d "$COPY" -p1 -s -F3 <"$patch" >"$log" 2>&1; then
        echo "does not apply any more: plant it anew"
        return 1
    fi
    if ! dotnet build "$COPY/tests/Cme.Simulation" -c Release --nologo -v quiet -p:RunAnalyzers=false >"$log" 2>&1; then
        echo "does not build: $(grep -m 1 ' error ' "$log" | sed 's/.* error //')"
        patch -d "$COPY" -p1 -s -R -F3 <"$patch"
        return 1
    fi
    dotnet "$COPY/tests/Cme.Simulation/bin/Embedded/Release/net10.0/Cme.Simulation.dll" --seeds "$SEEDS" --first --brief >"$log" 2>&1 || true
    patch -d "$COPY" -p1 -s -R -F3 <"$patch"
    if grep -m 1 '^seed ' "$log" | cut -c1-160; then return 0; fi
    echo "NOT FOUND in $SEEDS seeds"
    return 1
}

main "$@"
