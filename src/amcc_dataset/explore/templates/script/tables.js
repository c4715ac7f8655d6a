/* --- tables: rows are arrays of the texts of the CSV cells --------------------------------- */

const tables = new Map();
const ALL = "\n";

class Table {
  constructor(section) {
    this.section = section;
    this.name = section.dataset.table;
    this.claimed = "claimed" in section.dataset;
    this.columns = [...$("thead tr", section).cells].map(({ dataset }) => ({
      ...dataset,
      codes: dataset.codes?.split(" "),
      origin: dataset.origin && JSON.parse(dataset.origin),
    }));
    this.place = Object.assign(Object.create(null), Object.fromEntries(this.columns.map(({ name }, place) => [name, place])));
    this.filters = new Map();
    this.sought = "";
    this.limit = 200;
  }

  column(name) {
    return this.columns[this.place[name]];
  }

  get drawn() {
    return this.name === "provenance";
  }

  get rows() {
    const rows = this.drawn ? allClaims() : $$("tbody tr", this.section).map((tr) => {
      const row = [...tr.cells].map((cell) => cell.textContent.trim());
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

  /* Rows that match the filters and contain all search words. */
  matches() {
    const wanted = words(this.sought);
    return this.rows.filter((row) => [...this.filters].every(([place, value]) => row[place] === value)
      && (!wanted.length || wanted.every((word) => rowText(this, row).includes(word))));
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

  /* Some spreadsheets also split cells at other characters than the comma. */
  csv() {
    const quote = (text) => (/[",;|\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return [this.columns.map(({ name }) => name), ...this.shown()].map((row) => `${row.map(quote).join(",")}\n`).join("");
  }

  /* The filters as an address, and as the name of a file. */
  get asked() {
    const asked = new URLSearchParams([...this.filters].map(([place, value]) => [this.columns[place].name, value || "-"]));
    if (this.sought) asked.set("q", this.sought);
    return asked;
  }

  get address() {
    return `#tables/${this.name}${[...this.asked].length ? `?${this.asked}` : ""}`;
  }

  get file() {
    const parts = [...this.asked].flatMap(([name, value]) => [name, value === "-" ? "empty" : words(value).join("-")]);
    return `${[this.name, ...parts].join("-").slice(0, 100)}.csv`;
  }

  ask(asked) {
    this.sought = asked.get("q") ?? "";
    this.filters.clear();
    for (const [name, value] of asked) if (name in this.place) this.filters.set(this.place[name], value === "-" ? "" : value);
    for (const [place, head] of this.heads.entries()) {
      const select = $("select", head);
      if (select) select.value = this.filters.get(place) ?? ALL;
    }
    this.render();
  }

  /* The controls are made when a table is shown for the first time. */
  open() {
    if (this.body) return;
    const table = $("table", this.section);
    this.body = $("tbody", table);
    this.heads = [...$("thead tr", table).cells];
    this.status = make("p", { role: "status" });
    this.saving = button("", () => save(this.csv(), this.file, "text/csv"), { class: "save" });
    /* A byte order mark shows spreadsheets that the file is UTF-8. */
    this.spreadsheet = button("for spreadsheets", () => save(`\ufeff${this.csv()}`, this.file, "text/csv"),
      { class: "bom", "aria-label": "Download as CSV for spreadsheets" });
    this.clearing = button("Clear the filters", () => {
      go(`#tables/${this.name}`);
      this.saving.focus();
    });
    this.row_tools = make("div", { class: "tools", role: "group", hidden: "" });
    $(".scroll", this.section).before(make("div", { class: "tools" }, this.saving, this.spreadsheet, this.clearing, this.status), this.row_tools);
    if (this.drawn) {
      this.more = button("Show more rows", () => {
        this.limit *= 3;
        this.render();
      });
      this.section.append(make("div", { class: "tools" }, this.more));
    }
    this.heads.forEach((head, place) => this.control(head, place));
    if (!this.drawn) this.rows.forEach((row) => this.link(row));
    arrows(table);
    this.render();
  }

  control(head, place) {
    const { name, codes, ref, type } = this.columns[place];
    head.replaceChildren(button(name, () => this.sort(place), { title: description(this.name, name) }));
    const values = [...new Set(this.rows.map((row) => row[place]))];
    const wide = values.some((text) => text.length > 60);
    const breadth = wide ? "wide" : type ? "narrow" : "";
    if (breadth) for (const cell of [head, ...this.rows.map(({ tr }) => tr?.cells[place])]) cell?.classList.add(breadth);
    const kinds = codes || ref || (this.drawn && !wide);
    if (!kinds || type || name === "id" || values.length < 2 || values.length > 40) return;
    values.sort((a, b) => (codes ? codes.indexOf(a) - codes.indexOf(b) : a < b ? -1 : 1));
    const select = make("select", { "aria-label": `Filter by ${name}` }, make("option", { value: ALL }, "all"),
      ...values.map((value) => make("option", { value }, value || "– not established")));
    select.addEventListener("change", () => {
      if (select.value === ALL) this.filters.delete(place);
      else this.filters.set(place, select.value);
      this.render();
      keep(this.address);
    });
    head.append(select);
  }

  /* Cells with claims lead to their evidence, keys of other tables to their rows. */
  link(row) {
    row.tr.id = `${this.name}/${row[0]}`;
    [...row.tr.cells].forEach((cell, place) => {
      const { name, policy, ref } = this.columns[place];
      const text = row[place];
      let href = null;
      if (!place) href = `#${this.name}/${text}`;
      else if (this.claimed && policy !== "none") href = `#${this.name}/${row[0]}/${name}`;
      else if (ref && text) href = `#${ref}/${text}`;
      else if (/^https?:/.test(text)) href = text;
      else if (this.name === "decisions" && name === "row_id") href = `#disputes/${row[0]}`;
      if (!href) return;
      const link = make("a", { href }, text);
      if (!text) link.setAttribute("aria-label", `${name}: not established`);
      cell.replaceChildren(link);
    });
  }

  render() {
    const rows = this.shown();
    const few = this.drawn ? rows.slice(0, this.limit) : rows;
    const all = rows.length === this.rows.length;
    this.body.replaceChildren(...few.map((row) => row.tr ?? claimRow(row)));
    this.heads.forEach((head, place) => head.setAttribute("aria-sort",
      this.sorted?.place === place ? (this.sorted.down ? "descending" : "ascending") : "none"));
    this.status.textContent = (all ? "" : `${rows.length.toLocaleString("en")} of `) + plural(this.rows.length, "row")
      + (this.sought ? ` with “${this.sought}”` : "") + (few.length < rows.length ? `; the first ${few.length} are shown` : "");
    this.saving.textContent = all ? "Download as CSV" : "Download these rows as CSV";
    this.clearing.hidden = !this.filters.size && !this.sought;
    if (this.more) this.more.hidden = few.length === rows.length;
    rove(this.body.parentNode);
  }

  sort(place) {
    const down = this.sorted?.place === place;
    this.sorted = down && this.sorted.down ? null : { place, down };
    this.render();
  }

  /* Buttons to copy or cite the row that the address names. */
  offer(id) {
    this.row_tools.hidden = !id;
    if (!id) return;
    this.row_tools.setAttribute("aria-label", `Row ${id}`);
    this.row_tools.replaceChildren(make("b", {}, id), ...taking(`#${this.name}/${id}`, () => citeRow(this.name, id), () => tellRow(this.name, id)));
  }
}

function claimRow(row) {
  const { table, row_id: id, field, source_id: source, link } = Object.fromEntries(CLAIM.map((name, place) => [name, row[place]]));
  const hrefs = { row_id: `#${table}/${id}/${field}`, source_id: `#sources/${source}`, link };
  const { columns } = tables.get("provenance");
  return make("tr", {}, make("th", {}, row[0]), ...row.slice(1).map((text, place) => {
    const { name } = columns[place + 1];
    const href = hrefs[name];
    return make("td", {}, text && href ? make("a", { href }, name === "link" ? "open" : text) : text);
  }));
}

/* The tab key stops once at a table; the arrow keys move on from there. */
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
    if (!Object.hasOwn(steps, event.key) || !cell) return;
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
