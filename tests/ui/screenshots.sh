#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh BUILD OUT [PAGE…]
# Pictures of every page in each of its states, at three widths, light and dark: OUT/PAGE-STATE-WIDTH-SCHEME.png.
#   content   a home filled with providers and rehearsed jobs
#   empty     a new home
#   loading   another process holds the database
#   error     the database is of a newer version of Stoker
# STOKER_STATES, STOKER_WIDTHS and STOKER_SCHEMES choose fewer; STOKER_DRIVE names a Python script that is run on the window before
# the picture, with the page as its argument; STOKER_SEED names another program that fills the home, and with STOKER_SEED= it
# stays empty.
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
content_home=$XDG_DATA_HOME

# Makes the home of a state; HOLDER is a process to end after each picture.
prepare() { # state
  export XDG_DATA_HOME=$HOME/data-$1
  case $1 in
    content)
      export XDG_DATA_HOME=$content_home
      local seed=${STOKER_SEED-$build/tests/ui/seed-workspace}
      if [ -n "$seed" ] && ! [ -d "$XDG_DATA_HOME/stoker" ]; then "$seed"; fi
      ;;
    empty) rm -rf "$XDG_DATA_HOME" && mkdir -p "$XDG_DATA_HOME" ;;
    loading) make_database "PRAGMA user_version = 0" && hold_database ;;
    error) make_database "PRAGMA user_version = 9999" ;;
  esac
}

make_database() { # sql
  mkdir -p "$XDG_DATA_HOME/stoker"
  /usr/bin/python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])' \
    "$XDG_DATA_HOME/stoker/stoker.db" "$1"
}

hold_database() {
  /usr/bin/python3 -c 'import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
time.sleep(60)' "$XDG_DATA_HOME/stoker/stoker.db" &
  holder=$!
  sleep 0.3
}

take() { # page state width scheme
  local holder='' app
  cat > "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile" <<KEYS
[io/github/stokerapp/Stoker]
page='$1'
window-width=$3
window-height=$height
KEYS
  prepare "$2"
  ADW_DEBUG_COLOR_SCHEME=prefer-$4 "$build/src/program/stoker-window" & app=$!
  for _ in $(seq 200); do
    xdotool search --onlyvisible --pid $app >/dev/null 2>&1 && break
    sleep 0.05
  done
  sleep "${STOKER_DELAY:-1.5}"
  if [ -n "${STOKER_DRIVE:-}" ]; then
    /usr/bin/python3 -W ignore "$STOKER_DRIVE" "$1"
    sleep 0.7
  fi
  import -window root -crop "$3x$height+0+0" +repage "$out/$1-$2-$3-$4.png"
  kill "$app" ${holder:+"$holder"}
  wait || true
}

for scheme in ${STOKER_SCHEMES:-light dark}; do
  for width in ${STOKER_WIDTHS:-360 800 1600}; do
    for page in "$@"; do
      for state in ${STOKER_STATES:-content empty loading error}; do
        take "$page" "$state" "$width" "$scheme"
      done
    done
  done
done
