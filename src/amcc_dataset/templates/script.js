"use strict";
/* Everything stands in the page already. This shows one view at a time, opens the evidence of
   a cell, moves the date, and searches, sorts, filters and saves the tables. */

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/* --- tables ------------------------------------------------------------------------------ */

const tables = new Map();

class Table {
  constructor(section) {
    this.section = section;
    this.name = section.dataset.table;
    this.claimed = "claimed" in section.dataset;
    this.columns = $$("thead th", section).slice(0, $("thead tr", section).cells.length).map((head) => ({
      name: head.dataset.name,
      codes: head.dataset.codes?.split(" "),
      ...head.dataset,
    }));
    this.rows = null;
    this.sorted = null;
    this.filters = new Map();
    this.search = [];
    this.limit = 200;
  }

  /* Rows are arrays of the texts of the CSV cells. */
  read() {
    if (this.rows) return this.rows;
    this.rows = this.name === "provenance"
      ? readClaims()
      : $$("tbody tr", this.section).map((tr) => {
        const row = [...tr.cells].map((cell) => cell.textContent);
        row.tr = tr;
        return row;
      });
    for (const row of this.rows) row.folded = fold(row.join("\n"));
    this.index = new Map(this.rows.map((row) => [row[0], row]));
    return this.rows;
  }

  row(id) {
    this.read();
    return this.index.get(id);
  }

  value(id, name) {
    return this.row(id)?.[this.columns.findIndex((column) => column.name === name)] ?? "";
  }

  matches() {
    return this.read().filter((row) =>
      this.search.every((word) => row.folded.includes(word))
      && [...this.filters].every(([column, value]) => row[column] === value));
  }

  shown() {
    const rows = this.matches();
    if (!this.sorted) return rows;
    const { column, down } = this.sorted;
    const { codes, type } = this.columns[column];
    const key = codes ? (text) => codes.indexOf(text) : type === "integer" ? Number : (text) => text;
    return rows.sort((one, other) => {
      const [a, b] = [one[column], other[column]];
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
      const [x, y] = [key(a), key(b)];
      const order = typeof x === "number" ? x - y : x.localeCompare(y, "en", { numeric: true });
      return down ? -order : order;
    });
  }

  csv() {
    const quote = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return [this.columns.map((column) => column.name), ...this.shown()]
      .map((row) => [...row].map(quote).join(",") + "\n").join("");
  }

  /* The controls are made when the table is shown first. */
  open() {
    if (this.status) return;
    this.read();
    const table = this.name === "provenance" ? this.build() : $("table", this.section);
    this.body = $("tbody", table);
    this.heads = [...$("thead tr", table).cells];
    this.status = make("p", { role: "status" });
    const save = make("button", { type: "button", class: "save" }, "Download as CSV");
    save.addEventListener("click", () => this.save());
    const clear = make("button", { type: "button" }, "Clear filters");
    clear.addEventListener("click", () => this.clear());
    this.clearing = clear;
    table.closest(".scroll").before(make("div", { class: "tools" }, save, clear, this.status));
    this.heads.forEach((head, column) => {
      const button = make("button", { type: "button" }, this.columns[column].name);
      button.addEventListener("click", () => this.sort(column));
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      const values = [...new Set(this.rows.map((row) => row[column]))];
      const { codes, ref, type, name } = this.columns[column];
      if (name === "id" || type || values.length < 2 || values.length > 40 || (!codes && !ref && this.name !== "provenance")) return;
      values.sort((a, b) => (codes ? codes.indexOf(a) - codes.indexOf(b) : a.localeCompare(b)));
      const select = make("select", { "aria-label": `Filter by ${name}` },
        make("option", { value: "\n" }, "all"),
        ...values.map((value) => make("option", { value }, value || "– not established")));
      select.addEventListener("change", () => {
        if (select.value === "\n") this.filters.delete(column);
        else this.filters.set(column, select.value);
        this.render();
      });
      head.append(select);
    });
    this.columns.forEach((column, place) => {
      if (this.rows.some((row) => row[place].length > 60)) this.heads[place].classList.add("wide");
    });
    if (this.name !== "provenance") this.rows.forEach((row) => this.link(row));
    arrows(table);
    this.render();
  }

  build() {
    const scroll = make("div", { class: "scroll", role: "region", tabindex: "0", "aria-labelledby": "table-provenance" },
      make("table", { class: "data" }, make("caption", {}, "Claims"), $("thead", this.section).cloneNode(true), make("tbody")));
    this.more = make("button", { type: "button" }, "Show more rows");
    this.more.addEventListener("click", () => { this.limit *= 3; this.render(); });
    this.section.append(scroll, make("div", { class: "tools" }, this.more));
    return $("table", scroll);
  }

  /* Cells with claims lead to their evidence, keys of other tables to their rows. */
  link(row) {
    [...row.tr.cells].forEach((cell, place) => {
      const { policy, ref } = this.columns[place];
      const text = row[place];
      let href;
      if (this.claimed) href = place && `#${this.name}/${row[0]}/${this.columns[place].name}`;
      else if (ref && text) href = `#${ref}/${text}`;
      else if (/^https?:/.test(text)) href = text;
      if (this.claimed && policy === "none") href = ref && text ? `#${ref}/${text}` : null;
      if (this.name === "decisions" && this.columns[place].name === "row_id") href = evidenceOf(row[1], text, row[3]);
      if (!href) return;
      const link = make("a", { href }, text);
      if (!text) link.setAttribute("aria-label", `${this.columns[place].name}: not established`);
      if (this.columns[place].name === "title" && this.name === "sources") link.lang = this.value(row[0], "language");
      cell.replaceChildren(link);
    });
  }

  render() {
    const rows = this.shown();
    const total = this.rows.length;
    const few = this.name === "provenance" ? rows.slice(0, this.limit) : rows;
    this.body.replaceChildren(...few.map((row) => row.tr ?? claimRow(row)));
    this.heads.forEach((head, column) => head.setAttribute("aria-sort",
      this.sorted?.column === column ? (this.sorted.down ? "descending" : "ascending") : "none"));
    this.status.textContent = (rows.length === total ? plural(total, "row") : `${rows.length.toLocaleString("en")} of ${plural(total, "row")}`)
      + (few.length < rows.length ? `, the first ${few.length} shown` : "");
    if (this.more) this.more.hidden = few.length === rows.length;
    this.clearing.hidden = !this.filters.size;
    rove(this.body.closest("table"));
  }

  sort(column) {
    const again = this.sorted?.column === column;
    this.sorted = again && this.sorted.down ? null : { column, down: again };
    this.render();
  }

  clear() {
    this.filters.clear();
    $$("select", this.section).forEach((select) => { select.value = "\n"; });
    this.render();
    this.status.focus?.();
  }

  save() {
    const url = URL.createObjectURL(new Blob([this.csv()], { type: "text/csv" }));
    make("a", { href: url, download: `${this.name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function claimRow(row) {
  const tr = make("tr", {}, make("th", { scope: "row" }, row[0]), ...row.slice(1).map((text) => make("td", {}, text)));
  const places = { 2: evidenceOf(row[1], row[2], row[3]), 7: `#sources/${row[7]}`, 12: row[12] };
  for (const [place, href] of Object.entries(places)) {
    if (row[place]) tr.cells[place].replaceChildren(make("a", { href }, row[place]));
  }
  return tr;
}

/* One stop for the tabulator in a table; the arrow keys go from there. */
function rove(table) {
  const links = $$("tbody a", table);
  links.forEach((link) => { link.tabIndex = -1; });
  if (links.length) links[0].tabIndex = 0;
}

function arrows(table) {
  table.addEventListener("focusin", (event) => {
    if (!event.target.matches("tbody a")) return;
    $$("tbody a[tabindex='0']", table).forEach((link) => { link.tabIndex = -1; });
    event.target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [-99, 0], End: [99, 0] }[event.key];
    const cell = event.target.closest?.("tbody td, tbody th");
    if (!step || !cell || event.target.matches("select")) return;
    event.preventDefault();
    const rows = [...cell.closest("table").tBodies].flatMap((body) => [...body.rows]);
    const width = cell.parentNode.cells.length;
    const [dx, dy] = step;
    let x = cell.cellIndex;
    let y = rows.indexOf(cell.parentNode);
    for (;;) {
      x += Math.sign(dx);
      y += Math.sign(dy);
      if (Math.abs(dx) > 1) x = dx > 0 ? width - 1 : 0;
      const target = rows[y]?.cells[x];
      if (!target) return;
      const link = $("a", target);
      if (link) {
        link.focus();
        return;
      }
      if (Math.abs(dx) > 1) return;
    }
  });
}

/* --- claims ------------------------------------------------------------------------------ */

const BASIS = { s: "stated", c: "coded", i: "inferred", r: "reference" };

/* The key of a claim is ten characters of base 64 in the list, fifteen of base 16 in the table. */
const claimKey = (short) =>
  `c${[...atob(`${short}A=`)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("").slice(0, 15)}`;

/* A link opens the document at the passage's words. */
const percent = (text) =>
  encodeURIComponent(text).replace(/[-!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function passage(number) {
  const item = byId(`n${number}`);
  const [start = "", end = ""] = $$("q", item).map((quote) => quote.textContent);
  const source = $("a", item.closest("section")).textContent;
  const url = tables.get("sources").value(source, "url");
  const words = [start, end].filter(Boolean).map(percent).join(",");
  const link = url && start ? `${url.split("#")[0]}#:~:text=${words}` : url;
  return { source, locator: $("b", item).textContent, start, end, digest: item.dataset.sha256 ?? "", link };
}

/* Read the claims back from the compact list: the rows of the provenance table. */
let claims = null;
function readClaims() {
  if (claims) return claims;
  claims = [];
  for (const part of $$("details[data-table]", byId("tables/provenance"))) {
    const table = part.dataset.table;
    for (const body of $$("tbody", part)) {
      const [head, ...lines] = body.rows;
      const id = head.textContent.trim();
      let at = 0;
      for (const tr of lines) {
        const [fields, said, standing = "agreed", other = ""] = [...tr.cells].map((cell) => cell.textContent.trim());
        for (const field of fields.split(" ")) {
          for (const one of said.split(" ")) {
            const { source, locator, start, end, digest, link } = passage(parseInt(one, 10));
            const key = claimKey(body.dataset.ids.slice(at, at += 10));
            const value = standing === "silent" ? "" : other || tables.get(table).value(id, field);
            claims.push([key, table, id, field, value, standing, BASIS[one.at(-1)] ?? "", source, locator, start, end, digest, link]);
          }
        }
      }
    }
  }
  const key = (row) => [row[1], row[2], row[3], row[7], row[8], row[0]];
  const keys = new Map(claims.map((row) => [row, key(row)]));
  claims.sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    const place = a.findIndex((text, at) => text !== b[at]);
    return place < 0 ? 0 : a[place] < b[place] ? -1 : 1;
  });
  return claims;
}

const claimsOn = (table, id, field) =>
  readClaims().filter((row) => row[1] === table && row[2] === id && (!field || row[3] === field));

const evidenceOf = (table, id, field) => {
  if (field) return `#${table}/${id}/${field}`;
  const row = tables.get(table).row(id);
  return row ? `#${table}/${id}` : `#${table}/${id}/kind`;
};

/* --- words ------------------------------------------------------------------------------- */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const day = (iso) => {
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};
const words = (name) => name.replace(/_id$/, "").replaceAll("_", " ");

const code = (vocabulary, text) => tables.get("codes").read().find((row) => row[1] === vocabulary && row[2] === text);

function nameOf(table, id) {
  const value = (name) => tables.get(table).value(id, name);
  if (!tables.get(table)?.row(id)) return id;
  if (table === "editions") return `${value("number")}${["th", "st", "nd", "rd"][+value("number")] ?? "th"} AMCC, ${value("year")}`;
  if (table === "participants") {
    const who = value("person_id") ? nameOf("people", value("person_id")) : nameOf("actors", value("actor_id"));
    return `${who} at the ${nameOf("editions", value("edition_id"))}`;
  }
  if (table === "initiative_events") return `${nameOf("initiatives", value("initiative_id"))}: ${say(table, "kind", value("kind"))}, ${value("date")}`;
  if (table === "sources") return value("publisher");
  return value("title") || value("name") || id;
}

function say(table, field, text) {
  const column = tables.get(table).columns.find((one) => one.name === field);
  if (!text) return "not established";
  if (column?.vocabulary) return code(column.vocabulary, text)?.[3] ?? text;
  if (column?.ref) return nameOf(column.ref, text);
  if (column?.type === "date") return day(text);
  return field === "amount" ? Number(text).toLocaleString("en") : text;
}

/* --- evidence ---------------------------------------------------------------------------- */

const dialog = byId("evidence");
let behind = "";

function claimItem(row, table, field, lit) {
  const [id, , , , value, standing, basis, source, locator, start, end, , link] = row;
  const sources = tables.get("sources");
  const about = (name) => sources.value(source, name);
  const title = make("cite", { lang: about("language") }, about("title"));
  const copied = about("copy_of");
  const quoted = start ? ` “${start}${end ? ` … ${end}` : ""}”` : "";
  return make("li", { class: id === lit ? "lit" : null, id: `claim-${id}` },
    standing === "silent" ? make("span", {}, "does not say") : make("span", { class: `value ${standing}` }, say(table, field, value)),
    make("small", {}, basis ? ` (${basis})` : ""), make("br"),
    `${about("publisher")}`, about("tier") === "host_primary" ? make("b", { class: "tier" }, " host") : null, ", ", title,
    about("published_on") ? `, ${about("published_on")}` : ", undated",
    copied ? make("small", {}, `, a copy of ${nameOf("sources", copied)}`) : null, make("br"),
    link ? make("a", { href: link }, `Open ${locator ? `the passage, ${locator}` : "the document"}`) : make("span", {}, locator || "No address"),
    make("small", {}, quoted), " ",
    make("small", {}, make("a", { href: `#sources/${source}` }, "about the document")));
}

function fillEvidence(table, id, field, lit) {
  const model = tables.get(table);
  const column = model.columns.find((one) => one.name === field);
  const repeated = column.policy === "derived" && model.columns.find((one) => one.name === field.replace(/_name$/, "_id"));
  const asked = repeated ? repeated.name : field;
  const row = model.row(id);
  const value = model.value(id, field);
  const found = claimsOn(table, id, column.policy === "row" ? null : asked);
  const body = [];
  $(".kicker", dialog).textContent = `${words(field)} · ${nameOf(table, id)}`;
  $("h2", dialog).textContent = row ? say(table, field, value) : `Rejected: ${nameOf(table, id)}`;
  if (column.vocabulary && value) body.push(make("p", {}, code(column.vocabulary, value)?.[4] ?? ""));
  if (column.ref && value) body.push(make("p", {}, make("a", { href: `#${column.ref}/${value}` }, `The row in ${words(column.ref)}`)));
  if (!value && row) body.push(make("p", {}, "No document in the collection establishes this value. It does not mean zero, and it does not mean no."));
  if (repeated) body.push(make("p", {}, `Repeated from ${asked}; the evidence is the same.`));
  else if (column.policy === "derived") body.push(make("p", {}, "Computed from other cells; it has no claim of its own."));
  else if (column.policy === "row") body.push(make("p", {}, "A wording of ours; it rests on what the documents say of the row as a whole."));
  for (const decision of tables.get("decisions").read()) {
    if (decision[1] !== table || decision[2] !== id || (decision[3] && decision[3] !== asked)) continue;
    const reason = code("reason", decision[7]);
    body.push(make("h3", {}, "Disputed"), make("p", {}, make("b", {}, `${reason[3]}: `), decision[8], " ",
      make("a", { href: `#disputes/${decision[0]}` }, "The dispute")));
  }
  const kinds = { preferred: "Stands", agreed: "Says so", overruled: "Overruled", silent: "Read for it, and silent" };
  for (const [standing, title] of Object.entries(kinds)) {
    let rows = found.filter((claim) => claim[5] === standing);
    if (column.policy === "row") {
      const seen = new Set();
      rows = rows.filter((claim) => claim[3] === field || (!seen.has(claim[7]) && seen.add(claim[7])));
    }
    if (!rows.length || (column.policy === "derived" && !repeated)) continue;
    const voices = new Set(rows.map((claim) => original(claim[7]))).size;
    body.push(make("h3", {}, `${title} `, make("small", {}, plural(rows.length, "claim") + (standing === "silent" ? "" : `, ${plural(voices, "independent document")}`))),
      make("ul", { class: "claims" }, ...rows.map((claim) => claimItem(claim, table, claim[3], lit))));
  }
  if (!found.length && column.policy !== "derived") body.push(make("p", {}, "No claim is recorded, and no silence."));
  body.push(make("p", { class: "intro" }, model.columns.find((one) => one.name === field).description ?? ""));
  body.push(make("h3", {}, "Other values of this row"), make("p", { class: "cells" },
    ...model.columns.filter((one) => one.policy !== "none").map((one) =>
      make("a", { href: `#${table}/${id}/${one.name}`, "aria-current": one.name === field ? "true" : null }, words(one.name)))));
  $(".body", dialog).replaceChildren(...body);
}

function original(source) {
  const sources = tables.get("sources");
  for (let copied = sources.value(source, "copy_of"); copied; copied = sources.value(source, "copy_of")) source = copied;
  return source;
}

function fillAttendance(edition, actor) {
  $(".kicker", dialog).textContent = "Attendance";
  $("h2", dialog).textContent = `${nameOf("actors", actor)} at the ${nameOf("editions", edition)}`;
  const model = tables.get("participants");
  const rows = model.read().filter((row) => row[1] === edition && row[2] === actor);
  $(".body", dialog).replaceChildren(make("ul", { class: "claims" }, ...rows.map((row) => {
    const said = (name) => say("participants", name, model.value(row[0], name));
    const cell = (name, text) => make("a", { href: `#participants/${row[0]}/${name}` }, text);
    return make("li", {}, cell("presence", said("presence")), ": ",
      model.value(row[0], "person_id") ? make("b", {}, said("person_id")) : "the delegation",
      model.value(row[0], "title_stated") ? `, ${model.value(row[0], "title_stated")}` : "", make("br"),
      cell("role", said("role")), ", session: ", cell("session", said("session")), ", rank: ", cell("level", said("level")));
  })), make("p", { class: "intro" }, "Open a word to see who says so."));
}

function openDialog() {
  if (!dialog.open) dialog.showModal();
  $("h2", dialog).focus();
  dialog.scrollTop = 0;
}

/* Closing brings the address of the view behind the dialog back. */
dialog.addEventListener("close", () => {
  if (isDialog(location.hash)) history.replaceState(null, "", behind || "#overview");
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

/* --- views ------------------------------------------------------------------------------- */

const VIEWS = $$(".view").map((view) => view.id);
const parts = (hash) => {
  let text = hash.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch { /* A stray percent sign: take the address as it is. */ }
  return text.split("/");
};
const isDialog = (hash) => {
  const [head, id, field] = parts(hash);
  return Boolean(field && (head === "attendance" || tables.get(head)?.columns.some((column) => column.name === field)));
};

function showView(name) {
  for (const view of $$(".view")) view.classList.toggle("current", view.id === name);
  for (const link of $$(".top nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const title = $(`h1`, byId(name)).textContent;
  document.title = `${title} · AMCC`;
}

function showTable(name) {
  showView("tables");
  for (const table of tables.values()) {
    table.section.classList.toggle("current", table.name === name);
    const link = $(`#tables .chips a[href="#tables/${table.name}"]`);
    if (table.name === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  tables.get(name).open();
}

function light(element) {
  for (const lit of $$(".lit")) lit.classList.remove("lit");
  if (!element) return;
  element.classList.add("lit");
  if (element.tagName === "DETAILS") element.open = true;
  element.scrollIntoView({ block: element.matches("section, .subject") ? "start" : "center", behavior: "instant" });
}

function showRow(name, id) {
  showTable(name);
  const table = tables.get(name);
  const row = table.row(id);
  if (row?.tr && !row.tr.isConnected) {
    table.filters.clear();
    table.search = [];
    $$("select", table.section).forEach((select) => { select.value = "\n"; });
    $("#search input").value = "";
    table.render();
  }
  light(row?.tr);
}

function route() {
  const [head, id, field] = parts(location.hash);
  if (isDialog(location.hash)) {
    if (!behind) {
      if (head === "attendance") showView("attendance");
      else showRow(head, id);
      behind = head === "attendance" ? "#attendance" : `#${head}/${id}`;
    }
    if (head === "attendance") fillAttendance(id, field);
    else fillEvidence(head, id, field);
    openDialog();
    return;
  }
  if (dialog.open) dialog.close();
  if (head === "provenance" && id) {
    const claim = readClaims().find((row) => row[0] === id);
    if (claim) {
      showTable("provenance");
      behind = "#tables/provenance";
      fillEvidence(claim[1], claim[2], claim[3], id);
      openDialog();
      byId(`claim-${id}`).scrollIntoView({ block: "center", behavior: "instant" });
      return;
    }
  }
  behind = location.hash || "#overview";
  light(null);
  if (tables.has(head) && id) showRow(head, id);
  else if (tables.has(head)) showTable(head);
  else if (head === "tables") {
    showTable(tables.has(id) ? id : tables.keys().next().value);
    scrollTo(0, 0);
  } else {
    showView(VIEWS.includes(head) ? head : "overview");
    if (head === "lifelines" && /^\d{4}-\d{2}-\d{2}$/.test(id ?? "")) setDay(id);
    const target = id && byId(`${head}/${id}`);
    if (target) light(target);
    else if (head !== "main") scrollTo(0, 0);
  }
}

/* --- the date ---------------------------------------------------------------------------- */

const slider = byId("slider");
const range = byId("on-range");
const exact = byId("on-day");
const lifelines = byId("lifelines");
const firstYear = Number(range.dataset.year);
const months = Number(range.max);

const monthDay = (value) => {
  const month = firstYear * 12 + value;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
};

/* A stretch of status holds from its first day until the next one begins. */
function statusOn(line, iso) {
  const steps = line.dataset.steps.split(",").filter(Boolean).map((step) => step.split(" "));
  return steps.filter(([start]) => !iso || start <= iso).at(-1);
}

function setDay(iso) {
  const counts = new Map();
  for (const line of $$(".line", lifelines)) {
    const [, status, rank, event] = statusOn(line, iso) ?? [];
    const label = status ? code("status", status)[3] : iso ? "no step yet" : "no step on record";
    const chip = $(".chip", line);
    chip.className = `chip s${rank ?? 0}`;
    chip.textContent = label;
    chip.dataset.event = event ?? "";
    counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const step of $$(".steps li", line)) step.classList.toggle("later", Boolean(iso) && step.dataset.end > iso);
  }
  lifelines.classList.toggle("dated", Boolean(iso));
  byId("on").textContent = iso ? `on ${day(iso)}` : "as far as is known";
  exact.value = iso ?? "";
  if (iso) {
    const [year, month, date] = iso.split("-").map(Number);
    const place = (year - firstYear) * 12 + month - 1 + (date - 1) / 31;
    range.value = Math.floor(place);
    lifelines.style.setProperty("--on", `${(place / months) * 100}%`);
  } else range.value = months;
  range.setAttribute("aria-valuetext", byId("on").textContent);
  const order = new Map(tables.get("codes").read().filter((row) => row[1] === "status").map((row, place) => [row[3], place]));
  byId("on-count").textContent = [...counts].sort(([a], [b]) => (order.get(b) ?? -1) - (order.get(a) ?? -1)).map(([label, count]) => `${count} ${label}`).join(" · ");
}

range.addEventListener("input", () => setDay(Number(range.value) >= months ? null : monthDay(Number(range.value))));
for (const control of [range, exact]) {
  control.addEventListener("change", () => {
    if (control === exact) setDay(exact.value || null);
    behind = exact.value ? `#lifelines/${exact.value}` : "#lifelines";
    history.replaceState(null, "", behind);
  });
}
byId("on-now").addEventListener("click", () => {
  setDay(null);
  behind = "#lifelines";
  history.replaceState(null, "", behind);
});

/* --- attendance and disputes ------------------------------------------------------------- */

byId("attendance-picks").addEventListener("input", ({ currentTarget }) => {
  const { role, session } = Object.fromEntries(new FormData(currentTarget));
  let marks = 0;
  for (const link of $$(".matrix td a")) {
    const taken = $$("[data-as]", link).map((one) => one.dataset.as.split(" "))
      .filter(([held, part]) => (!role || held === role) && (!session || part === session));
    marks += taken.length;
    link.hidden = !taken.length;
    for (const mark of $$(".p", link)) mark.hidden = !taken.some(([, , presence]) => mark.classList.contains(presence));
  }
  $("p", currentTarget).textContent = plural(marks, "participation");
});

byId("dispute-picks").addEventListener("input", ({ currentTarget }) => {
  const { text, reason } = Object.fromEntries(new FormData(currentTarget));
  const sought = fold(text).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const subject of $$(".subject")) {
    for (const dispute of $$(".dispute", subject)) {
      const all = fold(`${$("h2", subject).textContent} ${dispute.textContent}`);
      dispute.hidden = !sought.every((word) => all.includes(word))
        || (reason && !$$(".point", dispute).some((point) => point.dataset.reason === reason));
      shown += !dispute.hidden;
    }
    subject.hidden = !$$(".dispute", subject).some((dispute) => !dispute.hidden);
  }
  $("p", currentTarget).textContent = plural(shown, "dispute");
});

/* --- search ------------------------------------------------------------------------------ */

byId("search").addEventListener("input", () => {
  const sought = fold($("#search input").value).split(/\s+/).filter(Boolean);
  let total = 0;
  for (const table of tables.values()) {
    table.search = sought;
    const count = table.matches().length;
    total += count;
    const link = $(`#tables .chips a[href="#tables/${table.name}"]`);
    $("small", link).textContent = count.toLocaleString("en");
    link.classList.toggle("none", !count);
    if (table.section.classList.contains("current")) table.render();
  }
  $("#search p").textContent = sought.length ? `${plural(total, "row")} in all tables` : "";
});
for (const form of $$("form.picks")) form.addEventListener("submit", (event) => event.preventDefault());

/* --- start ------------------------------------------------------------------------------- */

document.documentElement.classList.add("js");
for (const section of $$("section.table")) tables.set(section.dataset.table, new Table(section));
for (const form of $$("form[hidden]")) form.hidden = false;
for (const link of $$("a[href^='#n']")) {
  const { link: address } = /^#n\d+$/.test(link.hash) ? passage(link.hash.slice(2)) : {};
  if (address) link.href = address;
}
const marks = new Map($$(".chart a").map((mark) => [mark.getAttribute("href").slice(1), mark]));
for (const item of $$(".outcomes > li[id]")) {
  const mark = marks.get(item.id);
  mark?.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), { textContent: $("h3", item).textContent }));
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false]]) {
    item.addEventListener(event, () => mark?.classList.toggle("lit", on));
  }
}
addEventListener("hashchange", route);
addEventListener("beforeprint", () => {
  for (const details of $$(".view.current details:not([data-table], #passages)")) details.open = true;
});
setDay(null);
route();
