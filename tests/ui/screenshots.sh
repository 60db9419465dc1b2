#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshots.sh BUILD OUT [PAGE…]
# Pictures of every page in each of its states, at three widths, light and dark: OUT/PAGE-STATE-WIDTH-SCHEME.png.
#   content   a home filled with providers and rehearsed jobs
#   empty     a new home
#   loading   another process holds the database
#   error     the database is of a newer version of Stoker
# STOKER_STATES and STOKER_WIDTHS choose fewer, STOKER_HEIGHT another height (900; above 1080 with STOKER_SCREEN=1920x3000). The rest
# of the environment:
#   STOKER_SCHEMES     of light, dark, light-contrast and dark-contrast (high contrast); the first two when unset
#   STOKER_LANGUAGE    a language of po/, with its way to write numbers and dates where the system has that; any other gives its
#                      direction only: he is from right to left
#   STOKER_TEXT_SCALE  2 for text of twice the size
#   STOKER_DRIVE       a Python script that is run on the window before the picture, with the page as its argument
#   STOKER_SEED        another program that fills the home; with STOKER_SEED= it stays empty
#   STOKER_PATIENCE    how many seconds the window may take at most to come to rest before the picture, 8
#   STOKER_EMULATOR    1 for emulated providers that run as long as the pictures are taken; EMULATOR_URL tells a seed where
#   STOKER_SETTINGS    lines of settings, such as enable-public-gpu=true
#   STOKER_SCENES      pages and windows of the survey (survey-scenes.c) instead of states of pages, drawn by the window itself:
#                      all, or the name of one; OUT/SCENE-WIDTH-SCHEME.png. STOKER_WIDTHS does not count
# Language and size of the text are told at the end of a name: OUT/overview-content-360-light-de-large.png.
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
suffix=''

# The words of the language from po/; without some, none, for GLib turns only a program round that knows the language. Its numbers
# and dates come from the system's sources of locales.
speak() { # language
  suffix+=-$1
  export LANGUAGE=$1 LOCPATH=$HOME/locpath STOKER_LOCALE_DIR=$HOME/locale
  local po locale
  po=$(dirname "$0")/../../po/$1.po
  mkdir -p "$STOKER_LOCALE_DIR/$1/LC_MESSAGES"
  if [ -f "$po" ]; then cat "$po"; else printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'; fi |
    msgfmt --output-file="$STOKER_LOCALE_DIR/$1/LC_MESSAGES/stoker.mo" -
  # Of the country that is named like the language, or of any.
  mkdir -p "$LOCPATH"
  for locale in "$1_${1^^}" $(cd /usr/share/i18n/locales && ls -d "$1_"??); do
    if localedef -i "$locale" -f UTF-8 "$LOCPATH/$locale.UTF-8" 2>/dev/null; then
      LC_ALL=$locale.UTF-8
      break
    fi
  done
}

dress() { # scheme
  export ADW_DEBUG_COLOR_SCHEME=prefer-${1%-contrast} ADW_DEBUG_HIGH_CONTRAST=0
  if [ "${1%-contrast}" != "$1" ]; then ADW_DEBUG_HIGH_CONTRAST=1; fi
}

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

# Until the program did nothing for a second, and not for ever, since spinners turn on.
come_to_rest() { # process
  local before='' now _
  for _ in $(seq "${STOKER_PATIENCE:-8}"); do
    sleep 1
    now=$(cut -d' ' -f14,15 "/proc/$1/stat")
    if [ "$now" = "$before" ]; then return; fi
    before=$now
  done
}

take() { # page state width scheme
  local holder='' app shown=$1 drive=${STOKER_DRIVE:-}
  # Nothing is compared before something was asked.
  if [ "$1-$2" = compare-content ] && [ -z "$drive" ]; then shown=advisor drive=$(dirname "$0")/open-comparison.py; fi
  cat > "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile" <<KEYS
[io/github/stokerapp/Stoker]
page='$shown'
window-width=$3
window-height=$height
${STOKER_SETTINGS:-}
KEYS
  prepare "$2"
  "$build/src/program/stoker-window" & app=$!
  for _ in $(seq 200); do
    xdotool search --onlyvisible --pid $app >/dev/null 2>&1 && break
    sleep 0.05
  done
  come_to_rest "$app"
  if [ -n "$drive" ]; then
    # What a script did not find is seen best in the picture.
    /usr/bin/python3 -W ignore "$drive" "$1" || true
    come_to_rest "$app"
  fi
  # Off everything that tells more under it.
  xdotool mousemove 9999 9999
  import -window root -crop "$3x$height+0+0" +repage "$out/$1-$2-$3-$4$suffix.png"
  kill "$app" ${holder:+"$holder"}
  wait "$app" ${holder:+"$holder"} || true
}

take_scenes() { # scheme
  prepare content
  local only=()
  if [ "$STOKER_SCENES" != all ]; then only=("$STOKER_SCENES"); fi
  STOKER_PICTURES=$out STOKER_PICTURES_SUFFIX=-$1$suffix "$build/tests/ui/survey" --pictures "${only[@]}" || true
}

# It ends with this script, whose end closes its input.
if [ -n "${STOKER_EMULATOR:-}" ]; then
  coproc EMULATOR { exec /usr/bin/python3 "$(dirname "$0")/../emulators/emulator.py" --port 0 --dir "$HOME" --exit-with-stdin; }
  read -r _ EMULATOR_URL <&"${EMULATOR[0]}"
  export EMULATOR_URL STOKER_BUILD=$build
fi
if [ -n "${STOKER_LANGUAGE:-}" ]; then speak "$STOKER_LANGUAGE"; fi
if [ "${STOKER_TEXT_SCALE:-1}" != 1 ]; then
  suffix+=-large
  xprop -root -f RESOURCE_MANAGER 8s -set RESOURCE_MANAGER "Xft.dpi: $((STOKER_TEXT_SCALE * 96))"
fi
for scheme in ${STOKER_SCHEMES:-light dark}; do
  dress "$scheme"
  if [ -n "${STOKER_SCENES:-}" ]; then
    take_scenes "$scheme"
    continue
  fi
  for width in ${STOKER_WIDTHS:-360 800 1600}; do
    for page in "$@"; do
      for state in ${STOKER_STATES:-content empty loading error}; do
        take "$page" "$state" "$width" "$scheme"
      done
    done
  done
done
