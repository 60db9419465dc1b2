# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What Stoker needs from the system, and how to get it on Debian and Ubuntu. Sourced by `run` and `check`.

# To build Stoker and to show its window.
BUILD_PACKAGES=(
  gcc libc6-dev meson ninja-build pkg-config python3 gettext
  libglib2.0-dev libglib2.0-dev-bin libglib2.0-bin libgtk-4-dev libgtk-4-bin libadwaita-1-dev libsoup-3.0-dev
  libjson-glib-dev libsecret-1-dev libsqlite3-dev libgnutls28-dev libxml2-dev libyaml-dev
  adwaita-icon-theme librsvg2-common dconf-gsettings-backend glib-networking dbus-daemon
)

# To run every test.
# shellcheck disable=SC2034
TEST_PACKAGES=(
  xvfb x11-utils xdotool imagemagick hicolor-icon-theme fonts-cantarell fonts-dejavu-core
  at-spi2-core gir1.2-atspi-2.0 python3-gi gnome-keyring libsecret-tools shared-mime-info gsettings-desktop-schemas
  desktop-file-utils appstream openssl openssh-client procps libxml2-utils python3-jsonschema python3-yaml
)

# Taken when the distribution has them; a test that needs one is skipped without it.
# shellcheck disable=SC2034
OPTIONAL_TEST_PACKAGES=(mutter clang-format-14 shellcheck openssh-server libasan8 libubsan1)

# What pkg-config must find on a system whose packages have other names.
BUILD_MODULES=(
  'glib-2.0 >= 2.74' 'gtk4 >= 4.8' 'libadwaita-1 >= 1.2' 'libsoup-3.0 >= 3.2' 'json-glib-1.0 >= 1.6'
  'libsecret-1 >= 0.20.5' 'sqlite3 >= 3.40' 'gnutls >= 3.7' 'libxml-2.0 >= 2.9.14' 'yaml-0.1 >= 0.2.5'
)

# Prints those of the packages named that are not installed, on one line.
missing_packages ()
{
  local package installed missing=()
  installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    case $installed in
      *" installed:$package "*) ;;
      *) missing+=("$package") ;;
    esac
  done
  echo "${missing[*]}"
}

# Prints those of the packages named that the distribution offers, on one line.
available_packages ()
{
  local package found=()
  for package in "$@"; do
    if [ -n "$(apt-cache madison "$package" 2>/dev/null)" ]; then
      found+=("$package")
    fi
  done
  echo "${found[*]}"
}

# Runs a command as root.
as_root ()
{
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "stoker: this needs root: $*" >&2
    return 1
  fi
}

apt_get ()
{
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" </dev/null >&2
}

# Elsewhere: says what is missing and fails, or is content when everything is found.
check_modules ()
{
  local module missing=()
  for module in "${BUILD_MODULES[@]}"; do
    pkg-config --exists "$module" 2>/dev/null || missing+=("$module")
  done
  for module in cc meson ninja msgfmt; do
    command -v "$module" >/dev/null || missing+=("$module")
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    printf 'stoker: please install what these come from: %s\n' "$(printf '%s, ' "${missing[@]}" | sed 's/, $//')" >&2
    echo "stoker: on Debian they are: ${BUILD_PACKAGES[*]}" >&2
    return 1
  fi
}

# ensure_packages REQUIRED… [-- OPTIONAL…]: installs what is missing.
ensure_packages ()
{
  local required=() missing optional
  while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    required+=("$1")
    shift
  done
  [ "$#" -eq 0 ] || shift

  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    check_modules
    return
  fi
  missing=$(missing_packages "${required[@]}")
  optional=$([ "$#" -eq 0 ] || missing_packages "$@")
  [ -n "$missing$optional" ] || return 0

  [ -z "$missing" ] || echo "stoker: installing $missing" >&2
  apt_get update || echo "stoker: the package lists could not be refreshed" >&2
  # The names have no spaces: they are split on purpose.
  # shellcheck disable=SC2086
  [ -z "$missing" ] || apt_get install -y --no-install-recommends $missing
  # shellcheck disable=SC2086
  optional=$([ -z "$optional" ] || available_packages $optional)
  # shellcheck disable=SC2086
  [ -z "$optional" ] || apt_get install -y --no-install-recommends $optional ||
    echo "stoker: without $optional some tests are skipped" >&2
}
