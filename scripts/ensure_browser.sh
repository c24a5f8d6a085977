#!/bin/sh
# The browser tests drive Debian's Chromium, and those of the files that need no network Firefox as well. Install what is
# missing when we may; else say how to get it.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list ":lang=zh" 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
second=""
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || second="firefox-esr"
[ -z "$missing$second" ] && exit 0
install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}
if [ -n "$missing" ] && ! install $missing fontconfig; then
    echo "Browser tests cannot run: install$missing (Debian: apt-get install $missing)."
fi
# Apart: where there is no Firefox to be had, the other tests run all the same.
if [ -n "$second" ] && ! install --no-install-recommends "$second"; then
    echo "Tests in Firefox will be skipped: install it (Debian: apt-get install $second) to run them."
fi
