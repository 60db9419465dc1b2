#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh BUILD OUT [PAGE…]
# Pictures of the window's pages at three widths, light and dark, of a home filled with providers and rehearsed jobs.
# STOKER_WIDTHS and STOKER_SCHEMES choose fewer; STOKER_DRIVE names a Python script that is run on the window before the picture, with the page
# as its argument; STOKER_SEED= leaves the home empty.
set -eu
if [ -z "${STOKER_PICTURES_INSIDE:-}" ]; then
  export STOKER_PICTURES_INSIDE=1
  build=$(realpath "$1") out=$(mkdir -p "$2" && realpath "$2")
  exec "$(dirname "$0")/run-ui-test.sh" "$build" "$(realpath "$0")" "$build" "$out" "${@:3}"
fi

build=$1
out=$2
shift 2
height=${STOKER_HEIGHT:-900}
if [ $# = 0 ]; then set -- overview providers advisor compare jobs; fi
seed=${STOKER_SEED-$build/tests/ui/seed-workspace}
if [ -n "$seed" ]; then "$seed"; fi

take() { # page width scheme
  cat > "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile" <<KEYS
[io/github/stokerapp/Stoker]
page='$1'
window-width=$2
window-height=$height
KEYS
  ADW_DEBUG_COLOR_SCHEME=prefer-$3 "$build/src/program/stoker-window" & app=$!
  for _ in $(seq 200); do
    xdotool search --onlyvisible --pid $app >/dev/null 2>&1 && break
    sleep 0.05
  done
  sleep "${STOKER_DELAY:-1.5}"
  if [ -n "${STOKER_DRIVE:-}" ]; then
    /usr/bin/python3 -W ignore "$STOKER_DRIVE" "$1"
    sleep 0.7
  fi
  import -window root -crop "$2x$height+0+0" +repage "$out/$1-$2-$3.png"
  kill $app
  wait $app || true
}

for scheme in ${STOKER_SCHEMES:-light dark}; do
  for width in ${STOKER_WIDTHS:-360 800 1600}; do
    for page in "$@"; do
      take "$page" "$width" "$scheme"
    done
  done
done
