#!/usr/bin/env bash
# Guess:   a link checker takes page.html#:~:text=… for a link to page.html, as a browser does, to which the part
#          after :~: is an instruction and no name of a place.
# Happens: Sphinx's linkcheck and LinkChecker with AnchorCheck look for an anchor of that name and report it as
#          missing, also behind an anchor that is there (page.html#there:~:text=…).
# Seen:    2026-11-27, Sphinx 9.0.4, LinkChecker 10.6.0.
# Matters: the exact links to a quoted sentence are those that a check of sources calls broken.
set -euo pipefail
dir=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -rf "$dir"' EXIT
chmod 755 "$dir"  # LinkChecker that is run as root goes on as nobody
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install Sphinx==9.0.4 LinkChecker==10.6.0
mkdir web source
echo '<!DOCTYPE html><title>Page</title><h1 id="there">Page</h1><p>The quoted words.</p>' > web/page.html
python3 -u -m http.server 0 --bind 127.0.0.1 --directory web > served 2> log &
server=$!
for _ in $(seq 100); do test -s served && break; sleep 0.1; done
site=http://127.0.0.1:$(sed -n 's/.* port \([0-9]*\) .*/\1/p' served)
links="page.html page.html#there page.html#:~:text=quoted page.html#there:~:text=quoted"
echo '<!DOCTYPE html><title>Links</title>' > web/links.html
printf 'Links\n=====\n\n' > source/index.rst
for link in $links; do
  echo "<a href=\"$link\">link</a>" >> web/links.html
  echo "\`link <$site/$link>\`__" >> source/index.rst
done
env/bin/sphinx-build -q -C -b linkcheck source out > sphinx 2>&1 && exit 1
printf '[AnchorCheck]\n' > settings
env/bin/linkchecker --config settings --no-status -o csv "$site/links.html" > linkchecker 2> messages && exit 1
test "$(grep -c '"status": "working"' out/output.json)" = 2
test "$(grep '"status": "broken"' out/output.json | grep -c "Anchor '.*text.*' not found")" = 2
test "$(grep '^page.html' linkchecker | grep -c 'Anchor .*not found')" = 2
grep '^page.html#:~:text=quoted;' linkchecker | grep -q 'Anchor .*not found'
grep '^page.html#there:~:text=quoted;' linkchecker | grep -q 'Anchor .*not found'
echo "as described: two link checkers call a text fragment a missing anchor"
