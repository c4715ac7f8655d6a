"use strict";
/* Everything stands in the page already. This shows one view at a time, opens the evidence of
   a cell, moves the date, and searches, sorts, filters and saves the tables. */

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (text) => fold(text).split(/\s+/).filter(Boolean);

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null) element.setAttribute(name, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

/* --- tables: rows are arrays of the texts of the CSV cells -------------------------------- */

const tables = new Map();
const ALL = "\n";

class Table {
  constructor(section) {
    this.section = section;
    this.name = section.dataset.table;
    this.claimed = "claimed" in section.dataset;
    this.columns = [...$("thead tr", section).cells].map(({ dataset }) => ({ ...dataset, codes: dataset.codes?.split(" ") }));
    this.place = Object.fromEntries(this.columns.map(({ name }, place) => [name, place]));
    this.filters = new Map();
    this.sought = [];
    this.limit = 200;
  }

  column(name) {
    return this.columns[this.place[name]];
  }

  get rows() {
    const rows = this.name === "provenance" ? readClaims() : $$("tbody tr", this.section).map((tr) => {
      const row = [...tr.cells].map((cell) => cell.textContent);
      row.tr = tr;
      return row;
    });
    Object.defineProperty(this, "rows", { value: rows });
    return rows;
  }

  get index() {
    const index = new Map(this.rows.map((row) => [row[0], row]));
    Object.defineProperty(this, "index", { value: index });
    return index;
  }

  row(id) {
    return this.index.get(id);
  }

  value(id, name) {
    return this.row(id)?.[this.place[name]] ?? "";
  }

  matches() {
    const has = (row) => {
      row.folded ??= fold(row.join(ALL));
      return this.sought.every((word) => row.folded.includes(word));
    };
    return this.rows.filter((row) => [...this.filters].every(([place, value]) => row[place] === value) && has(row));
  }

  shown() {
    const rows = this.matches();
    if (!this.sorted) return rows;
    const { place, down } = this.sorted;
    const { codes, type } = this.columns[place];
    const order = codes ? (a, b) => codes.indexOf(a) - codes.indexOf(b)
      : type === "integer" ? (a, b) => a - b
        : new Intl.Collator("en", { numeric: true }).compare;
    return rows.sort(({ [place]: a }, { [place]: b }) => {
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
      return down ? order(b, a) : order(a, b);
    });
  }

  csv() {
    const quote = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return [this.columns.map(({ name }) => name), ...this.shown()].map((row) => `${row.map(quote).join(",")}\n`).join("");
  }

  /* The controls are made when a table is shown for the first time. */
  open() {
    if (this.body) return;
    const table = this.name === "provenance" ? this.build() : $("table", this.section);
    this.body = $("tbody", table);
    this.heads = [...$("thead tr", table).cells];
    this.status = make("p", { role: "status" });
    this.saving = make("button", { type: "button", class: "save" });
    this.saving.addEventListener("click", () => this.save());
    this.clearing = make("button", { type: "button" }, "Clear the filters");
    this.clearing.addEventListener("click", () => {
      this.clear();
      this.saving.focus();
    });
    table.parentNode.before(make("div", { class: "tools" }, this.saving, this.clearing, this.status));
    this.heads.forEach((head, place) => this.control(head, place));
    if (this.name !== "provenance") this.rows.forEach((row) => this.link(row));
    arrows(table);
    this.render();
  }

  build() {
    const table = make("table", { class: "data" }, make("caption", {}, "Claims"), $("thead", this.section).cloneNode(true), make("tbody"));
    this.more = make("button", { type: "button" }, "Show more rows");
    this.more.addEventListener("click", () => {
      this.limit *= 3;
      this.render();
    });
    this.section.append(
      make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": "Rows of provenance" }, table),
      make("div", { class: "tools" }, this.more));
    return table;
  }

  control(head, place) {
    const { name, codes, ref, type } = this.columns[place];
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => this.sort(place));
    head.replaceChildren(button);
    const values = [...new Set(this.rows.map((row) => row[place]))];
    const wide = values.some((text) => text.length > 60);
    const breadth = wide ? "wide" : type ? "narrow" : "";
    if (breadth) for (const cell of [head, ...this.rows.map(({ tr }) => tr?.cells[place])]) cell?.classList.add(breadth);
    const kinds = codes || ref || (this.name === "provenance" && !wide);
    if (!kinds || type || name === "id" || values.length < 2 || values.length > 40) return;
    values.sort((a, b) => (codes ? codes.indexOf(a) - codes.indexOf(b) : a < b ? -1 : 1));
    const select = make("select", { "aria-label": `Filter by ${name}` }, make("option", { value: ALL }, "all"),
      ...values.map((value) => make("option", { value }, value || "– not established")));
    select.addEventListener("change", () => {
      if (select.value === ALL) this.filters.delete(place);
      else this.filters.set(place, select.value);
      this.render();
    });
    head.append(select);
  }

  /* Cells with claims lead to their evidence, keys of other tables to their rows. */
  link(row) {
    [...row.tr.cells].forEach((cell, place) => {
      const { name, policy, ref } = this.columns[place];
      const text = row[place];
      let href = null;
      if (this.claimed && policy !== "none") href = `#${this.name}/${row[0]}/${name}`;
      else if (ref && text) href = `#${ref}/${text}`;
      else if (/^https?:/.test(text)) href = text;
      else if (this.name === "decisions" && name === "row_id") href = `#disputes/${row[0]}`;
      if (!href) return;
      const link = make("a", { href }, text);
      if (!text) link.setAttribute("aria-label", `${name}: not established`);
      cell.replaceChildren(link);
    });
    if (this.name === "sources") row.tr.cells[this.place.title].lang = row[this.place.language];
  }

  render() {
    const rows = this.shown();
    const few = this.more ? rows.slice(0, this.limit) : rows;
    const all = rows.length === this.rows.length;
    this.body.replaceChildren(...few.map((row) => row.tr ?? claimRow(row)));
    this.heads.forEach((head, place) => head.setAttribute("aria-sort",
      this.sorted?.place === place ? (this.sorted.down ? "descending" : "ascending") : "none"));
    this.status.textContent = (all ? "" : `${rows.length.toLocaleString("en")} of `) + plural(this.rows.length, "row")
      + (few.length < rows.length ? `, the first ${few.length} shown` : "");
    this.saving.textContent = all ? "Download as CSV" : "Download these rows as CSV";
    this.clearing.hidden = !this.filters.size;
    if (this.more) this.more.hidden = few.length === rows.length;
    rove(this.body.parentNode);
  }

  sort(place) {
    const down = this.sorted?.place === place;
    this.sorted = down && this.sorted.down ? null : { place, down };
    this.render();
  }

  clear() {
    this.filters.clear();
    for (const select of $$("select", this.section)) select.value = ALL;
    this.render();
  }

  save() {
    const url = URL.createObjectURL(new Blob([this.csv()], { type: "text/csv" }));
    make("a", { href: url, download: `${this.name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
}

function claimRow(row) {
  const { table, row_id: id, field, source_id: source, link } = claim(row);
  const hrefs = { row_id: `#${table}/${id}/${field}`, source_id: `#sources/${source}`, link };
  const { columns } = tables.get("provenance");
  return make("tr", {}, make("th", {}, row[0]), ...row.slice(1).map((text, place) => {
    const { name } = columns[place + 1];
    const href = hrefs[name];
    return make("td", {}, text && href ? make("a", { href }, name === "link" ? "open" : text) : text);
  }));
}

/* A table is one stop for the tabulator; the arrow keys go on from there. */
function rove(table) {
  $$("tbody a", table).forEach((link, place) => { link.tabIndex = place ? -1 : 0; });
}

function arrows(table) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  table.addEventListener("focusin", ({ target }) => {
    if (!target.matches("tbody a")) return;
    for (const link of $$("tbody a[tabindex='0']", table)) link.tabIndex = -1;
    target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    if (!(event.key in steps) || !cell) return;
    event.preventDefault();
    const [dx, dy] = steps[event.key];
    const rows = $$("tbody tr", table);
    let [x, y] = [cell.cellIndex + dx, rows.indexOf(cell.parentNode) + dy];
    for (; rows[y] && (dy || rows[y].cells[x]); x += dx, y += dy) {
      const link = rows[y].cells[x] && $("a:not([hidden])", rows[y].cells[x]);
      if (link) {
        link.focus();
        return;
      }
    }
  });
}

/* --- claims ------------------------------------------------------------------------------ */

const BASIS = { s: "stated", c: "coded", i: "inferred", r: "reference" };
const CLAIM = ["id", "table", "row_id", "field", "value", "standing", "basis", "source_id", "locator", "start", "end", "span_sha256", "link"];
const claim = (row) => Object.fromEntries(CLAIM.map((name, place) => [name, row[place]]));

/* The key of a claim is ten characters of base 64 in the list, fifteen of base 16 in the table. */
const claimKey = (short) =>
  `c${[...atob(`${short}A=`)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("").slice(0, 15)}`;

/* A link opens the document at the passage's words. */
const percent = (text) =>
  encodeURIComponent(text).replace(/[-!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const passages = new Map();
function passage(number) {
  if (!passages.has(number)) passages.set(number, readPassage(number));
  return passages.get(number);
}

function readPassage(number) {
  const item = byId(`n${number}`);
  const [start = "", end = ""] = $$("q", item).map((quote) => quote.textContent);
  const source_id = $("a", item.closest("section")).textContent;
  const url = tables.get("sources").value(source_id, "url");
  const fragment = [start, end].filter(Boolean).map(percent).join(",");
  const link = url && start ? `${url.split("#")[0]}#:~:text=${fragment}` : url;
  return { source_id, locator: $("b", item).textContent, start, end, span_sha256: item.dataset.sha256 ?? "", link };
}

/* Read the claims back from the compact list, in the order of the provenance table. */
function readClaims() {
  const found = [];
  for (const part of $$("details[data-table]", byId("tables/provenance"))) {
    const table = part.dataset.table;
    for (const body of $$("tbody", part)) {
      const [head, ...lines] = body.rows;
      const row_id = head.textContent.trim();
      let at = 0;
      for (const tr of lines) {
        const [fields, said, standing = "agreed", other = ""] = [...tr.cells].map((cell) => cell.textContent.trim());
        for (const field of fields.split(" ")) {
          for (const one of said.split(" ")) {
            const id = claimKey(body.dataset.ids.slice(at, at += 10));
            const value = standing === "silent" ? "" : other || tables.get(table).value(row_id, field);
            const known = { id, table, row_id, field, value, standing, basis: BASIS[one.at(-1)] ?? "", ...passage(parseInt(one, 10)) };
            found.push(CLAIM.map((name) => known[name]));
          }
        }
      }
    }
  }
  const order = ["table", "row_id", "field", "source_id", "locator", "id"].map((name) => CLAIM.indexOf(name));
  return found.sort((one, other) => {
    const place = order.find((at) => one[at] !== other[at]);
    return one[place] < other[place] ? -1 : 1;
  });
}

const claimsOn = (table, id) =>
  tables.get("provenance").rows.map(claim).filter((one) => one.table === table && one.row_id === id);

function original(source) {
  const sources = tables.get("sources");
  for (let copied; (copied = sources.value(source, "copy_of"));) source = copied;
  return source;
}

/* --- words ------------------------------------------------------------------------------- */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const QUARTERS = ["first", "second", "third", "fourth"];

function when(iso, precision = "day") {
  const [year, month, date] = iso.split("-").map(Number);
  return {
    day: `${date} ${MONTHS[month - 1]} ${year}`,
    month: `${MONTHS[month - 1]} ${year}`,
    quarter: `${QUARTERS[Math.floor((month - 1) / 3)]} quarter of ${year}`,
    year: `${year}`,
  }[precision];
}

const spaced = (name) => name.replace(/_id$/, "").replaceAll("_", " ");

function code(vocabulary, text) {
  const codes = tables.get("codes");
  const row = codes.rows.find((one) => one[codes.place.vocabulary] === vocabulary && one[codes.place.code] === text);
  return { label: row?.[codes.place.label] ?? text, definition: row?.[codes.place.definition] ?? "" };
}

function nameOf(table, id) {
  const model = tables.get(table);
  const value = (name) => model.value(id, name);
  if (!model.row(id)) return id;
  if (table === "editions") return `${$("h3", byId(`overview/${id}`)).firstChild.firstChild.textContent.trim()} AMCC, ${value("year")}`;
  if (table === "participants") {
    const who = value("person_id") ? nameOf("people", value("person_id")) : nameOf("actors", value("actor_id"));
    return `${who} at the ${nameOf("editions", value("edition_id"))}`;
  }
  if (table === "initiative_events") return `${nameOf("initiatives", value("initiative_id"))}: ${say(table, "kind", value("kind"))}, ${when(value("date"), value("precision"))}`;
  if (table === "sources") return value("publisher");
  return value("title") || value("name") || id;
}

function say(table, field, text) {
  const { vocabulary, ref, type } = tables.get(table).column(field);
  if (!text) return "not established";
  if (vocabulary) return code(vocabulary, text).label;
  if (ref) return nameOf(ref, text);
  if (type === "date") return when(text);
  return field === "amount" ? Number(text).toLocaleString("en") : text;
}

/* --- evidence ---------------------------------------------------------------------------- */

const dialog = byId("evidence");
const HEADINGS = { preferred: "Stands", agreed: "Says so", overruled: "Overruled", silent: "Read for it, and silent" };
let behind = "";

function claimItem(one, lit) {
  const about = (name) => tables.get("sources").value(one.source_id, name);
  const copied = about("copy_of");
  const quoted = one.start && ` “${one.start}${one.end ? ` … ${one.end}` : ""}”`;
  const open = one.locator ? `Open the passage, ${one.locator}` : "Open the document";
  return make("li", { id: `claim-${one.id}`, class: one.id === lit ? "lit" : null },
    one.value ? make("span", { class: `value ${one.standing}` }, say(one.table, one.field, one.value)) : null,
    make("small", {}, one.basis ? ` ${one.basis}` : ""), one.value ? make("br") : null,
    about("publisher"), about("tier") === "host_primary" ? make("b", { class: "tier" }, " host") : null, ", ",
    make("cite", { lang: about("language") }, about("title")),
    about("published_on") ? `, ${when(about("published_on"), about("published_precision"))}` : ", undated",
    copied ? make("small", {}, `, a copy of ${nameOf("sources", copied)}`) : null, make("br"),
    one.link ? make("a", { href: one.link }, open) : `No address; ${one.locator || "whole document"}`,
    make("small", {}, quoted, " ", make("a", { href: `#sources/${one.source_id}` }, "about the document")));
}

function fillEvidence(table, id, field, lit) {
  const model = tables.get(table);
  const { policy, vocabulary, ref } = model.column(field);
  const value = model.value(id, field);
  const repeats = policy === "derived" && field.replace(/_name$/, "_id");
  const asked = repeats in model.place ? repeats : field;
  const body = [];
  const add = (...parts) => body.push(make("p", {}, ...parts));
  if (vocabulary && value) add(code(vocabulary, value).definition);
  if (ref && value) add(make("a", { href: `#${ref}/${value}` }, `Its row in ${spaced(ref)}`));
  if (!model.row(id)) add("A document says so, but the docket rejects the whole row.");
  else if (!value) add("No document in the collection establishes this value. That does not mean zero, and it does not mean no.");
  if (asked !== field) add(`Repeated from ${asked}, whose evidence follows.`);
  else if (policy === "derived") add("Computed from other values; it has no claim of its own.");
  else if (policy === "row") add("In our words; it rests on what the documents say of the row as a whole.");
  const decisions = tables.get("decisions");
  for (const decision of decisions.rows) {
    const about = (name) => decision[decisions.place[name]];
    if (about("table") !== table || about("row_id") !== id || ![asked, ""].includes(about("field"))) continue;
    body.push(make("h3", {}, "Disputed"));
    add(make("b", {}, `${code("reason", about("reason")).label}: `), about("note"), " ", make("a", { href: `#disputes/${decision[0]}` }, "The dispute"));
  }
  const tiers = tables.get("sources").column("tier").codes;
  const tier = (one) => tiers.indexOf(tables.get("sources").value(one.source_id, "tier"));
  let claims = claimsOn(table, id).filter((one) => one.field === asked || policy === "row");
  if (policy === "row") claims = claims.filter((one, at) => claims.findIndex(({ source_id }) => source_id === one.source_id) === at);
  claims.sort((one, other) => tier(one) - tier(other));
  for (const [standing, heading] of Object.entries(HEADINGS)) {
    const found = claims.filter((one) => one.standing === standing);
    if (!found.length) continue;
    const voices = new Set(found.map((one) => original(one.source_id))).size;
    body.push(
      make("h3", {}, heading, make("small", {}, ` ${plural(found.length, "document")}${voices < found.length ? `, ${voices} of them independent` : ""}`)),
      make("ul", { class: "claims" }, ...found.map((one) => claimItem(policy === "row" ? { ...one, value: "", basis: "" } : one, lit))));
  }
  if (!claims.length && policy === "claim") add("No claim is recorded, and no silence.");
  body.push(make("h3", {}, "Other values of this row"), make("p", { class: "cells" },
    ...model.columns.filter((one) => one.policy !== "none").map(({ name }) =>
      make("a", { href: `#${table}/${id}/${name}`, "aria-current": name === field ? "true" : null }, spaced(name)))));
  openDialog(`${spaced(field)} · ${nameOf(table, id)}`, say(table, field, value || claims[0]?.value), body);
}

function fillAttendance(edition, actor) {
  const model = tables.get("participants");
  const rows = model.rows.filter((row) => row[model.place.edition_id] === edition && row[model.place.actor_id] === actor);
  const items = rows.map(([id]) => {
    const said = (name) => say("participants", name, model.value(id, name));
    const cell = (name) => make("a", { href: `#participants/${id}/${name}` }, said(name));
    const title = model.value(id, "title_stated");
    return make("li", {}, make("b", {}, model.value(id, "person_id") ? said("person_id") : "Delegation"), title && `, ${title}`, make("br"),
      cell("presence"), " as ", cell("role"), ", session ", cell("session"), ", rank ", cell("level"));
  });
  openDialog("Attendance", `${nameOf("actors", actor)} at the ${nameOf("editions", edition)}`,
    [make("ul", { class: "claims" }, ...items), make("p", { class: "intro" }, "Open a word to see who says so.")]);
}

function openDialog(kicker, title, body) {
  $(".kicker", dialog).textContent = kicker;
  $("h2", dialog).textContent = title;
  $(".body", dialog).replaceChildren(...body);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  $("h2", dialog).focus();
}

/* Closing brings the address of the view behind the dialog back. */
dialog.addEventListener("close", () => {
  if (leadsToDialog(parts())) history.replaceState(null, "", behind);
});
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog) dialog.close();
});

/* --- views ------------------------------------------------------------------------------- */

function parts() {
  const address = location.hash.slice(1);
  try {
    return decodeURIComponent(address).split("/");
  } catch {
    return address.split("/");
  }
}

const leadsToDialog = ([head, id, field]) =>
  head === "provenance" ? Boolean(id)
    : head === "attendance" ? Boolean(field)
      : field in (tables.get(head)?.place ?? {});

function mark(links, address) {
  for (const link of links) {
    if (link.getAttribute("href") === address) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function showView(name) {
  for (const view of $$(".view")) view.classList.toggle("current", view.id === name);
  mark($$(".top nav a"), `#${name}`);
  document.title = `${$("h1", byId(name)).textContent} · AMCC`;
}

function showTable(name) {
  showView("tables");
  for (const { section } of tables.values()) section.classList.toggle("current", section.dataset.table === name);
  mark($$("#tables .chips a"), `#tables/${name}`);
  tables.get(name).open();
}

function showRow(name, id) {
  showTable(name);
  const table = tables.get(name);
  const tr = table.row(id)?.tr;
  if (tr && !tr.isConnected) {
    byId("search").reset();
    $("#search p").textContent = seek("");
    table.clear();
  }
  light(tr);
  return tr;
}

/* Bring what an address names into sight, and the keyboard with it. */
function light(element) {
  for (const lit of $$(".lit")) lit.classList.remove("lit");
  if (!element) return;
  if (element.matches("details")) element.open = true;
  if (!element.matches("h1")) element.classList.add("lit");
  const focus = element.matches("details") ? $("summary", element) : element;
  if (focus === element) element.tabIndex = -1;
  focus.focus({ preventScroll: true });
  if (element.matches("h1")) scrollTo({ top: 0, behavior: "instant" });
  else element.scrollIntoView({ block: element.matches("section, article, details") ? "start" : "center", behavior: "instant" });
}

function route(event) {
  const address = parts();
  const [head, id, field] = address;
  if (head === "main") {
    history.replaceState(null, "", behind);
    byId("main").focus();
    return;
  }
  if (leadsToDialog(address)) {
    const one = head === "provenance" && tables.get("provenance").rows.map(claim).find((row) => row.id === id);
    if (!behind) {
      if (head === "attendance") showView("attendance");
      else if (head === "provenance") showTable("provenance");
      else $("td a", showRow(head, id) ?? document.body)?.focus();
      behind = head === "attendance" ? "#attendance" : head === "provenance" ? "#tables/provenance" : `#${head}/${id}`;
    }
    if (head === "attendance") fillAttendance(id, field);
    else if (head !== "provenance") fillEvidence(head, id, field);
    else if (one) {
      fillEvidence(one.table, one.row_id, one.field, id);
      byId(`claim-${id}`)?.scrollIntoView({ block: "center", behavior: "instant" });
    }
    return;
  }
  if (dialog.open) dialog.close();
  behind = location.hash || "#overview";
  const target = byId(address.join("/"));
  const view = target?.closest(".view")?.id;
  if (tables.has(head)) id ? showRow(head, id) : showTable(head);
  else if (head === "tables") {
    showTable(tables.has(id) ? id : tables.keys().next().value);
    if (event) light($("h1", byId("tables")));
  } else {
    showView(view ?? (byId(head)?.matches(".view") ? head : "overview"));
    if (head === "lifelines" && /^\d{4}-\d\d-\d\d$/.test(id)) setDay(id);
    if (target && target.id !== view) light(target);
    else if (event) light($(".view.current h1"));
  }
}

/* --- the date ---------------------------------------------------------------------------- */

const lifelines = byId("lifelines");
const range = byId("on-range");
const exact = byId("on-day");
const firstYear = Number(range.dataset.year);
const months = Number(range.max);

function monthDay(value) {
  const month = firstYear * 12 + Number(value);
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

/* A status holds from its first day until the next one begins; without a day, the last. */
function setDay(iso) {
  const counts = new Map();
  for (const line of $$(".line")) {
    const steps = line.dataset.steps.split(",").filter(Boolean).map((step) => step.split(" "));
    const [, status, rank = 0] = steps.filter(([start]) => !iso || start <= iso).at(-1) ?? [];
    const label = status ? code("status", status).label : iso ? "no step yet" : "no step on record";
    const chip = $(".chip", line);
    chip.className = `chip s${rank}`;
    chip.textContent = label;
    counts.set(label, [rank, (counts.get(label)?.[1] ?? 0) + 1]);
    for (const step of $$("[data-end]", line)) step.classList.toggle("later", Boolean(iso) && step.dataset.end > iso);
  }
  byId("on").textContent = iso ? `on ${when(iso)}` : "as far as is known";
  byId("on-count").textContent = [...counts].sort(([, [a]], [, [b]]) => b - a).map(([label, [, count]]) => `${count} ${label}`).join(" · ");
  lifelines.classList.toggle("dated", Boolean(iso));
  exact.value = iso ?? "";
  const [year, month, date] = (iso ?? "").split("-").map(Number);
  const place = iso ? Math.max(0, Math.min(months, (year - firstYear) * 12 + month - 1 + (date - 1) / 31)) : months;
  if (document.activeElement !== range) range.value = Math.floor(place);
  range.setAttribute("aria-valuetext", byId("on").textContent);
  lifelines.style.setProperty("--on", `${(place / months) * 100}%`);
}

function keepDay() {
  behind = exact.value ? `#lifelines/${exact.value}` : "#lifelines";
  history.replaceState(null, "", behind);
}

range.addEventListener("input", () => setDay(Number(range.value) < months ? monthDay(range.value) : null));
range.addEventListener("change", keepDay);
exact.addEventListener("change", () => {
  setDay(exact.value || null);
  keepDay();
});
byId("on-now").addEventListener("click", () => {
  setDay(null);
  keepDay();
});

/* --- choices ----------------------------------------------------------------------------- */

function onChoice(form, answer) {
  const again = () => { $("p", form).textContent = answer(Object.fromEntries(new FormData(form))); };
  for (const event of ["input", "change"]) form.addEventListener(event, again);
  form.addEventListener("submit", (event) => event.preventDefault());
}

onChoice(byId("attendance-picks"), ({ role, session }) => {
  let count = 0;
  for (const link of $$(".matrix td a")) {
    const taken = $$("[data-as]", link).map((one) => one.dataset.as.split(" "))
      .filter(([held, part]) => (!role || held === role) && (!session || part === session));
    count += taken.length;
    link.hidden = !taken.length;
    for (const dot of $$(".p", link)) dot.hidden = !taken.some(([, , presence]) => dot.classList.contains(presence));
  }
  return plural(count, "participation");
});

onChoice(byId("dispute-picks"), ({ text, reason }) => {
  let count = 0;
  for (const subject of $$(".subject")) {
    for (const dispute of $$(".dispute", subject)) {
      const all = fold(`${$("h2", subject).textContent} ${dispute.textContent}`);
      dispute.hidden = !words(text).every((word) => all.includes(word))
        || !$$(".point", dispute).some((point) => !reason || point.dataset.reason === reason);
      count += !dispute.hidden;
    }
    subject.hidden = !$$(".dispute", subject).some((dispute) => !dispute.hidden);
  }
  return plural(count, "dispute");
});

function seek(text) {
  const sought = words(text);
  let total = 0;
  for (const table of tables.values()) {
    table.sought = sought;
    const count = table.matches().length;
    total += count;
    const link = $(`#tables .chips a[href="#tables/${table.name}"]`);
    $("small", link).textContent = count.toLocaleString("en");
    link.classList.toggle("none", !count);
    if (table.body) table.render();
  }
  return sought.length ? `${plural(total, "row")} in all tables` : "";
}
onChoice(byId("search"), ({ text }) => seek(text));

/* --- start ------------------------------------------------------------------------------- */

for (const section of $$("section.table")) tables.set(section.dataset.table, new Table(section));
for (const form of $$("form[hidden]")) form.hidden = false;
for (const link of $$("a[href^='#n']")) {
  if (!/^#n\d+$/.test(link.hash)) continue;
  const { link: address, source_id } = passage(Number(link.hash.slice(2)));
  link.href = address || `#sources/${source_id}`;
}
const dots = new Map($$(".chart a").map((dot) => [dot.getAttribute("href").slice(1), dot]));
for (const item of $$(".outcomes > li[id]")) {
  const dot = dots.get(item.id);
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = $("h3", item).textContent;
  dot.append(title);
  for (const name of ["mouseenter", "mouseleave"]) item.addEventListener(name, () => dot.classList.toggle("near", name === "mouseenter"));
}
rove($(".matrix"));
arrows($(".matrix"));
addEventListener("hashchange", route);
addEventListener("beforeprint", () => {
  for (const details of $$(".view.current details:not([data-table], #passages)")) details.open = true;
});
setDay(null);
route();
