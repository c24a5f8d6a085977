#!/bin/sh
# The browser tests drive Debian's Chromium, and those of the files that need no network Firefox as well. Install what is
# missing when we may; else say how to get it.
set -eu
have() { command -v "$1" >/dev/null 2>&1; }
install() {
    [ "$(id -u)" = 0 ] && have apt-get || return 1
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>&1
}
# Each apart: where one is not to be had, the tests that do without it run all the same.
have chromium || have chromium-browser || have google-chrome || install chromium ||
    echo "Browser tests cannot run: install chromium (Debian: apt-get install chromium)."
fc-list ":lang=zh" 2>/dev/null | grep -q . || install fonts-noto-cjk fontconfig ||
    echo "Browser tests of Chinese pages fail: install fonts-noto-cjk (Debian: apt-get install fonts-noto-cjk)."
have firefox-esr || have firefox || install --no-install-recommends firefox-esr ||
    echo "Tests in Firefox will be skipped: install it (Debian: apt-get install firefox-esr) to run them."
have chromium-headless-shell || install --no-install-recommends chromium-headless-shell ||
    echo "Browser tests are slower without chromium-headless-shell (Debian: apt-get install chromium-headless-shell)."
