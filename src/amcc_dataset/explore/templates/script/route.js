/* --- addresses: what each leads to --------------------------------------------------------- */

const ITEMS = { edition: "edition", initiative: "initiatives", meeting: "meetings", instrument: "instruments", threads: "threads", disputes: "disputes", overview: "overview", attendance: "attendance", about: "about" };
let behind = "";

const DAY = /^\d{4}-\d\d-\d\d$/;

function parts() {
  const [path, asked = ""] = location.hash.slice(1).split(/\?(.*)/s);
  const address = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  /* The earlier name of the view of the initiatives. */
  if (address[0] === "lifelines") address[0] = address[1] === undefined || DAY.test(address[1]) ? "initiatives" : "initiative";
  return { address, asked: new URLSearchParams(asked) };
}

const isRow = (table, id) => tables.has(table) && (Boolean(tables.get(table).row(id)) || Object.hasOwn(store.content.claims[table] ?? {}, id));

/* Cells, claims and marks of the attendance have their evidence in a dialog. */
function leadsToDialog([head, id, field]) {
  if (head === "provenance") return Boolean(id) && tables.has(head);
  if (head === "attendance") return Boolean(field) && Boolean($(`a[href="#attendance/${CSS.escape(id)}/${CSS.escape(field)}"]`));
  return Boolean(field) && tables.has(head) && tables.get(head).place[field] !== undefined && isRow(head, id);
}

function keep(address) {
  behind = address;
  history.replaceState(null, "", address);
}

function go(address) {
  if (location.hash === address) route();
  else location.hash = address;
}

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
  byId("nowhere").hidden = true;
  if (name !== "search" && document.activeElement !== field) field.value = "";
}

function showEdition(id) {
  showView("edition");
  const all = $$(".edition[id]", byId("edition"));
  const shown = all.find((one) => one.id === `edition/${id}`) ?? all.at(-1);
  for (const one of all) one.classList.toggle("current", one === shown);
  mark($$("#edition .chips a"), `#${shown.id}`);
  document.title = `${$("h2", shown).textContent} · AMCC`;
}

function showTable(name, asked = new URLSearchParams()) {
  showView("tables");
  for (const { section } of tables.values()) section.classList.toggle("current", section.dataset.table === name);
  mark($$("#tables .chips a"), `#tables/${name}`);
  const table = tables.get(name);
  table.open();
  table.ask(asked);
  table.offer(null);
}

function showRow(name, id) {
  showTable(name);
  const { tr } = tables.get(name).row(id) ?? {};
  tables.get(name).offer(tr ? id : null);
  light(tr);
  return tr;
}

/* Scroll to what an address names, and move the keyboard focus there. */
function light(element) {
  for (const lit of $$(".lit")) lit.classList.remove("lit");
  if (!element) return;
  if (element.matches("details")) element.open = true;
  if (!element.matches("h1, .edition")) element.classList.add("lit");
  const focus = element.matches("details") ? $("summary", element) : element;
  if (focus === element) element.tabIndex = -1;
  focus.focus({ preventScroll: true });
  if (element.matches("h1, .edition")) scrollTo({ top: 0, behavior: "instant" });
  else element.scrollIntoView({ block: element.matches("section, article, details, h3") ? "start" : "center", behavior: "instant" });
}

/* An address that does not exist gets a message with the most similar one that does. */
function nowhere(address) {
  const [head, id] = address.split("/");
  const rows = tables.has(head) ? tables.get(head).rows.map(([key]) => `${head}/${key}`) : [];
  const cells = tables.has(head) && isRow(head, id) ? tables.get(head).columns.map(({ name }) => `${head}/${id}/${name}`) : [];
  const items = $$(".view, .view [id*='/']").map((one) => one.id).filter((one) => !/^(figure|list)\/|^[td]-/.test(one));
  const near = [...items, ...rows, ...cells].map((one) => [distance(address.slice(0, 80), one.slice(0, 80)), one]).sort(([a], [b]) => a - b)[0][1];
  showView("overview");
  const said = byId("nowhere");
  said.replaceChildren(`There is no address #${address}. The most similar one is `, make("a", { href: `#${near}` }, `#${near}`), ".");
  said.hidden = false;
  behind = "";
  scrollTo({ top: 0, behavior: "instant" });
}

function openEvidence([head, id, field]) {
  const claim = head === "provenance" && tables.get("provenance").rows.find((row) => row[0] === id);
  if (head === "provenance" && !claim) {
    nowhere(`${head}/${id}`);
    return;
  }
  if (!behind) {
    if (head === "attendance") showView("attendance");
    else if (head === "provenance") showTable("provenance");
    else $("td a", showRow(head, id) ?? document.body)?.focus();
    behind = head === "attendance" ? "#attendance" : head === "provenance" ? "#tables/provenance" : `#${head}/${id}`;
  }
  if (head === "attendance") fillAttendance(id, field);
  else if (claim) {
    fillEvidence(claim[1], claim[2], claim[3], id);
    $(".claims .lit", dialog)?.scrollIntoView({ block: "center", behavior: "instant" });
  } else fillEvidence(head, id, field);
}

/* What the rest of an address names within a view. */
function showWithin([head, id, ...rest], asked, moved) {
  const view = id === undefined ? head : ITEMS[head] ?? head;
  const target = id === undefined ? null : byId([head, id, ...rest].join("/"));
  const day = head === "initiatives" && DAY.test(id) ? id : null;
  if (head === "edition" && (id === undefined || target)) showEdition(id);
  else if (id === undefined || target || day) showView(view);
  else {
    nowhere([head, id, ...rest].join("/"));
    return;
  }
  if (view === "disputes") askDisputes(asked);
  if (view === "initiatives") setDay(day);
  if (target) light(target);
  else if (moved) light($(".view.current h1"));
}

function route(event) {
  const { address, asked } = parts();
  const [head, id] = address;
  if (head === "main") {
    history.replaceState(null, "", behind);
    byId("main").focus();
    return;
  }
  if (leadsToDialog(address)) {
    openEvidence(address);
    return;
  }
  if (dialog.open) dialog.close();
  behind = location.hash || "#overview";
  const view = byId(head)?.matches(".view");
  /* The short address of a document, without a passage. */
  const row = /^s\d+$/.test(head) && byId(head);
  if (row) {
    go(`#sources/${row.textContent.trim()}`);
    return;
  }
  if (head === "") showWithin(["overview"], asked, event);
  else if (head === "search") {
    showView("search");
    if (document.activeElement !== field) field.value = id ?? "";
    seek(address.slice(1).join("/"));
  } else if (head === "tables" && (id === undefined || tables.has(id)) && address.length < 3) {
    showTable(id ?? tables.keys().next().value, asked);
    if (event) light($("h1", byId("tables")));
  } else if (tables.has(head) && id !== undefined && address.length === 2 && isRow(head, id)) showRow(head, id);
  else if (tables.has(head) && !view && id === undefined) showTable(head, asked);
  else if (head !== "tables" && (view || Object.hasOwn(ITEMS, head))) showWithin(address, asked, event);
  else nowhere(address.join("/"));
}

/* Closing the dialog restores the address of the view behind it. */
dialog.addEventListener("close", () => {
  if (leadsToDialog(parts().address)) history.replaceState(null, "", behind);
});
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog) dialog.close();
});
