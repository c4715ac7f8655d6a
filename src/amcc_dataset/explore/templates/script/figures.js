/* --- figures: as SVG and PNG, drawn from what is on the page ------------------------------- */

const SVG = "http://www.w3.org/2000/svg";
const FONT = "Liberation Sans, Arial, Helvetica, sans-serif";
const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const colours = new Map();

function node(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/* A colour in a notation that every program knows; null if it is invisible. */
function colour(css) {
  if (!colours.has(css)) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = css;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    const over = (part) => Math.round((part * alpha + 255 * (255 - alpha)) / 255).toString(16).padStart(2, "0");
    colours.set(css, alpha ? `#${[red, green, blue].map(over).join("")}` : null);
  }
  return colours.get(css);
}

class Drawing {
  constructor(figure, title) {
    this.figure = figure;
    const { left, top, width, height } = figure.getBoundingClientRect();
    this.left = left - 16;
    this.top = top - 48;
    this.width = Math.ceil(width + 32);
    this.body = node("g");
    this.visit(figure);
    const notes = this.wrap(`amcc-dataset, CC BY 4.0. ${caveat()}`);
    this.height = Math.ceil(height + 64 + notes.length * 14);
    const write = (text, x, y, size, weight) => node("text", { x, y, "font-size": size, "font-weight": weight, fill: "#1d2226" }, text);
    this.svg = node("svg", { xmlns: SVG, width: this.width, height: this.height, viewBox: `0 0 ${this.width} ${this.height}`, "font-family": FONT },
      node("title", {}, title),
      node("defs", {}, node("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        node("path", { d: "M0 0v6", stroke: "#c9c4ba", "stroke-width": 1.4 }))),
      node("rect", { width: "100%", height: "100%", fill: "#ffffff" }), write(title, 16, 28, 15, 600), this.body,
      ...notes.map((line, at) => write(line, 16, height + 68 + at * 14, 10, 400)));
  }

  wrap(text) {
    const most = Math.max(30, Math.floor(this.width / 5.6));
    return text.split(" ").reduce((lines, word) => {
      if (`${lines.at(-1)} ${word}`.length > most) lines.push(word);
      else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
      return lines;
    }, [""]);
  }

  visit(element) {
    if (element.checkVisibility?.() === false || element.matches(".vh, caption, .take, title, desc, defs, symbol")) return;
    const style = getComputedStyle(element);
    if (element instanceof SVGGraphicsElement && element.tagName !== "svg") this.shape(element, style);
    else if (element instanceof HTMLElement) this.box(element, style);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child, style);
      else if (child.nodeType === Node.ELEMENT_NODE) this.visit(child);
    }
  }

  /* Backgrounds and borders. */
  box(element, style) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left - this.left, top - this.top];
    const fill = colour(style.backgroundColor);
    if (fill && element !== this.figure) this.body.append(node("rect", { x, y, width, height, fill }));
    for (const [side, x1, y1, x2, y2] of [["Top", x, y, x + width, y], ["Bottom", x, y + height, x + width, y + height], ["Left", x, y, x, y + height], ["Right", x + width, y, x + width, y + height]]) {
      const wide = parseFloat(style[`border${side}Width`]);
      if (wide && style[`border${side}Style`] !== "none") this.body.append(node("line", { x1, y1, x2, y2, stroke: colour(style[`border${side}Color`]) ?? "none", "stroke-width": wide }));
    }
  }

  /* Text line by line, as the page breaks it. */
  text(child, style) {
    if (!child.data.trim()) return;
    const range = document.createRange();
    const lines = [];
    for (const { 0: word, index } of child.data.matchAll(/\S+/g)) {
      range.setStart(child, index);
      range.setEnd(child, index + word.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      if (!height) continue;
      if (lines.length && Math.abs(lines.at(-1).top - top) < 4) Object.assign(lines.at(-1), { right, words: [...lines.at(-1).words, word] });
      else lines.push({ left, right, top, height, words: [word] });
    }
    /* Centred text stays centred if another font is wider or narrower. */
    const anchor = { middle: "middle", center: "middle", right: "end", end: "end" }[child.parentNode instanceof SVGElement ? style.textAnchor : style.textAlign] ?? "start";
    pixel.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pixel.measureText("x");
    const painted = child.parentNode instanceof SVGElement ? style.fill : style.color;
    for (const { left, right, top, height, words: found } of lines) {
      const x = { start: left, middle: (left + right) / 2, end: right }[anchor] - this.left;
      this.body.append(node("text", { x: x.toFixed(1), "text-anchor": anchor, y: (top - this.top + height / 2 + (up - down) / 2).toFixed(1), "font-size": parseFloat(style.fontSize), "font-weight": style.fontWeight, "font-style": style.fontStyle, fill: colour(painted) ?? "none" }, found.join(" ")));
    }
  }

  paint(style, attributes = {}) {
    const patterned = style.fill.includes("#hatch");
    const painted = { fill: patterned ? "url(#hatch)" : style.fill === "none" ? "none" : colour(style.fill) ?? "none" };
    if (style.stroke !== "none") Object.assign(painted, { stroke: colour(style.stroke) ?? "none", "stroke-width": parseFloat(style.strokeWidth) });
    if (style.strokeDasharray !== "none") painted["stroke-dasharray"] = style.strokeDasharray.replaceAll("px", "");
    return { ...painted, ...attributes };
  }

  /* A part of a mark; without a colour of its own it has that of the text around it. */
  copied(part) {
    const copied = part.cloneNode();
    const fill = getComputedStyle(part).fill;
    if (!part.hasAttribute("fill")) copied.setAttribute("fill", colour(fill) ?? "none");
    for (const name of ["fill", "stroke"]) if (part.getAttribute(name)?.startsWith("var(")) copied.setAttribute(name, "#ffffff");
    copied.removeAttribute("id");
    return copied;
  }

  shape(element, style) {
    if (["a", "g", "text", "tspan"].includes(element.tagName)) return;
    const { a, b, c, d, e, f } = element.getScreenCTM();
    const transform = `matrix(${[a, b, c, d, e - this.left, f - this.top].map((part) => Math.round(part * 1000) / 1000).join(" ")})`;
    const group = node("g", { transform });
    if (element.tagName === "use") {
      const part = byId(element.getAttribute("href").slice(1));
      const [x, y] = [element.x.baseVal.value, element.y.baseVal.value];
      const [left, top] = part.viewBox ? [part.viewBox.baseVal.x, part.viewBox.baseVal.y] : [0, 0];
      const scale = part.viewBox && !element.hasAttribute("width") ? element.ownerSVGElement.getBoundingClientRect().width / 12 : 1;
      const inner = node("g", { transform: `translate(${x} ${y}) scale(${scale}) translate(${-left} ${-top})`, color: colour(style.color) });
      for (const one of part.viewBox ? part.children : [part]) inner.append(this.copied(one));
      group.append(inner);
    } else if (element.tagName === "line") {
      const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => element[name].baseVal.value);
      group.append(node("line", this.paint(style, { x1, y1, x2, y2 })));
    } else if (element.tagName === "path") {
      group.append(node("path", this.paint(style, { d: element.getAttribute("d") })));
    } else {
      const { x, y, width, height } = element.getBBox();
      const round = { rx: element.tagName === "circle" ? width / 2 : parseFloat(style.rx) || 0 };
      group.append(node("rect", this.paint(style, { x, y, width, height, ...round })));
    }
    this.body.append(group);
  }
}

/* How much was read; every saved figure says so. */
const caveat = () => $(".caveat").firstChild.textContent.trim();

const titleOf = (figure) => ($("svg:not(.track) > title, caption", figure) ?? $("h1, h2", figure.closest("section"))).textContent;

/* Figures are drawn in light colours, for paper. */
function drawn(figure) {
  const root = document.documentElement;
  const key = figure.dataset.key && byId(figure.dataset.key).cloneNode(true);
  root.style.colorScheme = "light";
  colours.clear();
  if (key) figure.append(key);
  const { svg } = new Drawing(figure, titleOf(figure));
  if (key) key.remove();
  root.style.colorScheme = "";
  return svg;
}

function savePng(figure) {
  const svg = drawn(figure);
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = make("canvas", { width: width * 2, height: height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
    canvas.toBlob((blob) => save(blob, `${figure.dataset.figure}.png`, "image/png"));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
}

/* What a figure shows, in words: its table, the list beside it, or its description. */
function tellFigure(figure) {
  const clean = (text) => text.replace(/\s*\n\s*/g, "; ").replace(/\s+/g, " ").trim();
  const list = byId(`list/${figure.dataset.figure}`);
  const lines = $("table", figure)
    ? $$("tr", figure).map((tr) => [...tr.cells].map((cell) => clean($(".vh", cell)?.textContent ?? cell.textContent)).join("\t"))
    : list ? $$("li", list).map((item) => clean(item.innerText))
      : $(".line", figure) ? $$(".track", figure).map((track) => [...$$("title, desc", track)].map((one) => one.textContent).join(": "))
        : [$("desc", figure).textContent];
  return [titleOf(figure), ...lines, caveat()].join("\n");
}

function offerFigures() {
  for (const figure of $$("figure[data-figure]")) {
    const address = `#${figure.parentElement.closest("[id]").id}`;
    const name = figure.dataset.figure;
    figure.append(make("details", { class: "take" }, make("summary", {}, "Save or cite this figure"),
      make("div", { class: "tools", role: "group", "aria-label": titleOf(figure) },
        button("Save as SVG", () => save(new XMLSerializer().serializeToString(drawn(figure)), `${name}.svg`, "image/svg+xml"), { class: "svg" }),
        button("Save as PNG", () => savePng(figure), { class: "png" }),
        ...taking(address, () => `${byId("citation").textContent} Figure: ${titleOf(figure)}, ${page()}${address}`, () => tellFigure(figure)))));
  }
}
