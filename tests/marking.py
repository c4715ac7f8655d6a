"""Which words a browser marks when a link with a quotation leads to a page.

No script can ask a browser what it has marked. So the marks get a colour of their own, which is
looked for in a picture of the page. Chromium marks at most 16 quotations of one address and
ignores the others, so at most 16 links share a page. Not here: any page or link.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from amcc_dataset.model.passages import normalise

MOST = 16
WIDTH = 1600
STYLE = """<!doctype html><meta charset="utf-8"><style>
body {margin: 0; font: 16px/24px sans-serif} p {margin: 0 0 8px} b, i {font: inherit}
::target-text {background: #f0f; color: #f0f}
</style>
"""
LOOK = """
const [picture, done] = arguments, image = new Image();
image.onload = () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.drawImage(image, 0, 0);
  const marked = (x, box) => {
    const [r, g, b] = context.getImageData(x, box.top + scrollY + box.height / 2, 1, 1).data;
    return r === 255 && g === 0 && b === 255;
  };
  const within = root => [...root.querySelectorAll("*")].flatMap(
    one => one.shadowRoot ? within(one.shadowRoot) : "n" in one.dataset ? [one] : []);
  done(within(document.body).map(one => {
    const boxes = [...one.getClientRects()], [first, last] = [boxes.at(0), boxes.at(-1)];
    const ends = [marked(first.left + 1, first), marked(last.right - 2, last)];
    return one.tagName === "B" ? [one.dataset.n, ends.every(Boolean)]
                               : [one.dataset.n, !ends.some(Boolean)];
  }));
};
image.src = "data:image/png;base64," + picture;
"""

Quoted = tuple[str, str, str | None]
"""A link, and the words with which its passage begins and ends."""


def block(number: int, start: str, end: str | None) -> str:
    """Return a paragraph that has the words of a passage in b, and a few beside them in i."""
    ends = [f'<b data-n="{number}">{html.escape(part)}</b>' for part in (start, end) if part]
    before, after = (f'<i data-n="{number}">{word}</i>' for word in ("Before.", "After."))
    return f"<p>{before} {' … '.join(ends)} {after}</p>\n"


def apart(quoted: Iterable[Quoted]) -> Iterator[tuple[list[str], str]]:
    """Yield links and a page for them, on which no link quotes words of another."""
    groups: list[list[tuple[str, tuple[str, ...], Quoted]]] = []
    for one in quoted:
        ends = tuple(normalise(part).casefold() for part in one[1:] if part)
        text = " … ".join(ends)
        for group in groups:
            if len(group) < MOST and not any(
                any(part in other for part in ends) or any(part in text for part in others)
                for other, others, _ in group
            ):
                break
        else:
            groups.append(group := [])
        group.append((text, ends, one))
    for group in groups:
        links = [one for *_, one in group]
        parts = (block(number, start, end) for number, (_, start, end) in enumerate(links))
        yield [address for address, *_ in links], "".join(parts)


def marked(browser: Any, path: Path, links: Sequence[str], page: str) -> list[bool]:
    """Return for each link whether the browser marks all words that have its number on a page.

    What is in b must be marked at both ends, what is in i at neither.
    """
    path.write_text(STYLE + page, encoding="utf-8")
    directives = "&".join(link.partition("#:~:")[2] for link in links)
    browser.get("about:blank")
    browser.get(f"{path.as_uri()}#:~:{directives}")
    height = browser.execute_script("return document.documentElement.scrollHeight")
    area = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
    options = {"captureBeyondViewport": True, "clip": area}
    picture = browser.execute_cdp_cmd("Page.captureScreenshot", options)["data"]
    seen: dict[int, list[bool]] = {number: [] for number in range(len(links))}
    for number, right in browser.execute_async_script(LOOK, picture):
        seen[int(number)].append(right)
    return [bool(found) and all(found) for found in seen.values()]
