#!/usr/bin/env bash
# Guess:   a Markdown table can have the pattern a|b in backticks, if need be with a backslash before the pipe.
# Happens: no spelling in backticks works everywhere. With a backslash, markdown-it-py (used by MyST) shows a|b, as
#          GitHub's rules for tables say; Python-Markdown (MkDocs) and mistune (nbconvert) show the backslash too.
#          Without it, Python-Markdown shows a|b, and markdown-it-py cuts the cell at the pipe.
#          <code>a&#124;b</code> is right in Python-Markdown and markdown-it-py.
# Seen:    2026-11-28, Markdown 3.11.3, mistune 3.4.0, markdown-it-py 4.3.0.
# Matters: a data dictionary lists patterns, and on one of two sites it shows a pattern that is not in the schema.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip --quiet --quiet install Markdown==3.11.3 mistune==3.4.0 markdown-it-py==4.3.0
env/bin/python - <<'PY'
import html
import re
import markdown, mistune
from markdown_it import MarkdownIt
tools = [lambda text: markdown.markdown(text, extensions=["tables"]), mistune.create_markdown(plugins=["table"]),
         MarkdownIt("commonmark").enable("table").render]
def shown(cell):
    table = f"| field | rule |\n|---|---|\n| kind | {cell} |\n"
    cells = [re.findall("<td>(.*?)</td>", tool(table)) for tool in tools]
    return [html.unescape(re.sub("</?code>", "", found[1])) if len(found) == 2 else None for found in cells]
assert shown(r"`a\|b`") == [r"a\|b", r"a\|b", "a|b"], shown(r"`a\|b`")
assert shown("`a|b`")[0] == "a|b" and shown("`a|b`")[2] == "`a", shown("`a|b`")
assert shown("<code>a&#124;b</code>")[::2] == ["a|b", "a|b"], shown("<code>a&#124;b</code>")
PY
echo "as described: Markdown has no spelling of a|b in backticks that works in MkDocs and MyST tables"
