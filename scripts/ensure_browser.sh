#!/bin/sh
# The browser tests drive Debian's Chromium. Install it when it is missing and we may; else say how to get it.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list ":lang=zh" 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing fontconfig >/dev/null && exit 0
fi
echo "Browser tests will be skipped: install$missing (Debian: apt-get install$missing) to run them."
