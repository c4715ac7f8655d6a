/* --- search: one field over all tables, with the names behind their ids -------------------- */

const QUIET = new Set("a an and are as at by did do does for from how in is it its of on or said say says that the their them there this to was were what which who whom whose with".split(" "));

/* Common words for the columns of an edition and for codes. */
const ALSO = {
  date_start: "when date day", date_end: "when date day", city: "where place", venue: "where place hotel building",
  format: "how online video virtual", chair_id: "chair chaired chairman chairs presided", host_id: "host hosted hosts",
  theme: "theme motto", umbrella_theme: "theme week", umbrella_event: "week sicw", roster: "attendance attended",
  opening: "opened opening", chair: "chaired chairman", attended: "came",
};

/* The texts of a row, with the names behind its keys, the labels of its codes and its year. */
function rowText(table, row) {
  if (row.folded) return row.folded;
  const parts = row.map((text, place) => {
    const { ref, vocabulary, name } = table.columns[place];
    if (!text) return "";
    if (table.drawn) return text;
    if (ref && ref !== table.name) return `${text} ${nameOf(ref, text)}${ref === "actors" ? ` ${tables.get(ref).value(text, "short_name")}` : ""}`;
    if (vocabulary) return `${text} ${code(vocabulary, text).label} ${ALSO[text] ?? ""}`;
    return name === "id" ? `${text} ${text.replaceAll("-", " ")}` : text;
  });
  row.folded = fold(parts.join(ALL));
  return row.folded;
}

/* Where a row is shown, and under which heading it is found. */
const PLACES = {
  editions: ["Editions", (id) => `edition/${id}`],
  outcomes: ["Outcomes", (id) => `threads/${id}`],
  initiatives: ["Initiatives", (id) => `initiative/${id}`],
  initiative_events: ["Steps of initiatives", (id) => `initiative_events/${id}/kind`],
  participants: ["Who took part", (id) => `participants/${id}/presence`],
  meetings: ["Meetings", (id) => `meeting/${id}`],
  instruments: ["Texts", (id) => `instrument/${id}`],
  parties: ["Parties to the initiatives", (id) => `parties/${id}/role`],
  cross_references: ["What refers to what", (id) => `cross_references/${id}/relation`],
  decisions: ["Disputes", (id) => `disputes/${id}`],
  actors: ["States and bodies", (id) => `actors/${id}`],
  people: ["Persons", (id) => `people/${id}`],
  sources: ["Documents", (id) => `sources/${id}`],
  codes: ["Codes and what they mean", (id) => `codes/${id}`],
};

/* Each fact of an edition, known or not: questions such as "who chaired 2023" lead here. */
const facts = {
  get all() {
    const model = tables.get("editions");
    const all = model.rows.flatMap(([id]) => model.columns.filter(({ name, policy }) => policy !== "none" && !/_(name|source_id)$/.test(name)).map(({ name }) => ({
      id, name,
      text: fold([spaced(name), ALSO[name] ?? "", nameOf("editions", id), id, say("editions", name, model.value(id, name))].join(" ")),
    })));
    Object.defineProperty(this, "all", { value: all });
    return all;
  },
};

function findRows(wanted) {
  const years = wanted.filter((word) => /^(19|20)\d\d$/.test(word));
  return Object.entries(PLACES).map(([name, [heading, place]]) => {
    const table = tables.get(name);
    const year = "edition_id" in table.place && ((row) => tables.get("editions").value(row[table.place.edition_id], "year"));
    const rows = table.rows.filter((row) => wanted.every((word) => rowText(table, row).includes(word)
      || (years.includes(word) && year && year(row) === word)));
    return { name, heading, place, rows };
  }).filter(({ rows }) => rows.length);
}

function tellHit(name, [id]) {
  const value = (field) => tables.get(name).value(id, field);
  const text = { outcomes: "summary", initiative_events: "summary", meetings: "subject", decisions: "note", codes: "definition", sources: "title", participants: "title_stated" }[name];
  const title = name === "decisions" ? `${spaced(value("field") || "row")}: ${nameOf(value("table"), value("row_id"))}`
    : name === "codes" ? `${spaced(value("vocabulary"))}: ${value("label")}` : name === "outcomes" ? `${value("title")}, ${nameOf("editions", value("edition_id"))}` : nameOf(name, id);
  const said = text ? value(text) : "";
  return { title, text: ({ outcomes: () => `${doneBy(id)}: ${said}`, participants: () => [tellPresence(id), said].filter(Boolean).join("; ") }[name] ?? (() => said))(), lang: name === "sources" ? value("language") : null };
}

const FEW = 6;

function hit(href, title, text, lang = null) {
  return make("li", {}, make("a", { href: `#${href}` }, title), text ? make("p", { lang }, text) : null);
}

function group(heading, found, total, more) {
  return make("section", {}, make("h2", {}, heading, make("small", {}, ` ${total.toLocaleString("en")}`)), make("ul", { class: "hits" }, ...found),
    more ? make("p", {}, make("a", { href: more }, total > found.length ? `All ${total} as a table` : "As a table")) : null);
}

function seek(text) {
  const all = words(text);
  const wanted = all.filter((word) => !QUIET.has(word));
  const asked = wanted.length ? wanted : all;
  const answers = asked.length ? facts.all.filter((fact) => asked.every((word) => fact.text.includes(word))) : [];
  const groups = asked.length ? findRows(asked) : [];
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  byId("found").textContent = !asked.length ? "Type a word, a name, a year or a question."
    : total || answers.length ? `${[answers.length && plural(answers.length, "fact"), total && plural(total, "row")].filter(Boolean).join(" and ")} with “${text}”`
      : `No fact or row contains all of “${asked.join(" ")}”. Try fewer words, or a part of a word.`;
  const parts = groups.map(({ name, heading, place, rows }) => group(heading, rows.slice(0, FEW).map((row) => {
    const { title, text: said, lang } = tellHit(name, row);
    return hit(place(row[0]), title, said, lang);
  }), rows.length, `#tables/${name}?${new URLSearchParams({ q: asked.join(" ") })}`));
  if (answers.length) {
    parts.unshift(group("Facts of editions", answers.slice(0, 2 * FEW).map(({ id, name }) => {
      const item = hit(`editions/${id}/${name}`, `${sentence(spaced(name))}, ${nameOf("editions", id)}: ${say("editions", name, tables.get("editions").value(id, name))}`, description("editions", name));
      const beside = neighbours("editions", id, name);
      if (beside) item.append(beside);
      return item;
    }), answers.length));
  }
  byId("results").replaceChildren(...parts);
}

const field = $("#search-all input");
field.addEventListener("input", () => {
  const address = field.value.trim() ? `#search/${encodeURIComponent(field.value.trim())}` : "#overview";
  if (location.hash.startsWith("#search/")) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  route();
});
$("#search-all").addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) go(`#search/${encodeURIComponent(field.value.trim())}`);
});
