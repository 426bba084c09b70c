#!/bin/sh
# Installs Debian's chromium for the browser tests when it is missing and this user may; never fails.
command -v chromium >/dev/null 2>&1 && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1 && $as_root true 2>/dev/null; then
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1
fi
command -v chromium >/dev/null 2>&1 || echo "chromium is not installed and could not be: the browser tests are skipped"
exit 0
