/* --- evidence: who says what about a cell -------------------------------------------------- */

const dialog = byId("evidence");
/* How a value comes from its passage, and where the passage is, in words. */
const HOW = { stated: "stated in the passage", coded: "our code or wording for the passage", inferred: "inferred from the passage", reference: "from a reference work" };
const WHERE = { p0: "before the first paragraph", standfirst: "introduction under the headline" };
const where = (locator) => WHERE[locator] ?? locator.replace(/^p(?=\d)/, "paragraph ").replace(/^printed/, "paragraph with the printed number");

const HEADINGS = { preferred: "Preferred", agreed: "Says so", overruled: "Overruled", silent: "Read in full, but silent" };

function claimItem(one, lit) {
  const about = (name) => tables.get("sources").value(one.source_id, name);
  const copied = about("copy_of");
  const quoted = one.start && ` “${one.start}${one.end ? ` … ${one.end}` : ""}”`;
  const open = one.locator ? `Open the passage: ${where(one.locator)}` : "Open the document";
  const found = site(about("url"));
  return make("li", { class: lit && claimId(one) === lit ? "lit" : null },
    one.value ? make("span", { class: `value ${one.standing}` }, say(one.table, one.field, one.value)) : null,
    make("small", {}, one.basis ? ` ${HOW[one.basis]}` : ""), one.value ? make("br") : null,
    about("publisher"), about("tier") === "host_primary" ? make("b", { class: "tier" }, " host’s text") : null, ", ",
    make("cite", { lang: about("language") }, about("title")),
    about("published_on") ? `, ${when(about("published_on"), about("published_precision"))}` : ", undated",
    found ? `, found on ${found}` : "",
    copied ? make("small", {}, `, a copy of ${nameOf("sources", copied)}`) : null,
    make("small", {}, about("read") === "whole" ? ", read in full" : ", only the beginning was read"), make("br"),
    one.link ? make("a", { href: one.link }, open) : `No web address; passage: ${one.locator ? where(one.locator) : "the whole document"}`,
    make("small", {}, make("span", { lang: about("language") }, quoted), " ", make("a", { href: `#sources/${one.source_id}` }, "document details")));
}

/* The claims behind a cell: its own, or those on the cells from which it is derived. */
function claimsBehind(table, id, field) {
  const { policy, origin } = tables.get(table).column(field);
  const own = claimsOn(table, id, field);
  if (policy === "row") {
    const all = claimsOn(table, id).map((one) => ({ ...one, value: "", basis: "" }));
    return all.filter((one, at) => all.findIndex(({ source_id }) => source_id === one.source_id) === at);
  }
  if (!origin) return own;
  if (!origin.table) return [...own, ...origin.fields.flatMap((name) => claimsOn(table, id, name))];
  const wanted = [[origin.by, id], ...(origin.where ? [origin.where] : [])];
  const others = Object.keys(store.content.claims[origin.table] ?? {}).map((row) => claimsOn(origin.table, row))
    .filter((claims) => wanted.every(([name, value]) => claims.some((one) => one.field === name && one.value === value)));
  return [...others.flat().filter((one) => origin.fields.includes(one.field)), ...own];
}

/* Other cells of the row that help to answer the question. */
function neighbours(table, id, field) {
  if (table !== "editions" || !["chair_id", "chair_name", "host_id"].includes(field)) return null;
  const model = tables.get("participants");
  const value = (row, name) => row[model.place[name]];
  const rows = model.rows.filter((row) => value(row, "edition_id") === id && value(row, "person_id")
    && (value(row, "session") === "opening" || value(row, "role") === "chair"));
  const people = (part, column, said) => {
    const found = rows.filter((row) => value(row, column) === part);
    return found.length ? [said, ...found.flatMap((row, at) => [at ? ", " : "",
      make("a", { href: `#participants/${row[0]}/${column}` }, nameOf("people", value(row, "person_id")))]), ". "] : [];
  };
  return rows.length ? make("p", {}, ...people("chair", "role", "Chaired by "), ...people("opening", "session", "Spoke at the opening: ")) : null;
}

function fillEvidence(table, id, field, lit) {
  const model = tables.get(table);
  const { policy, vocabulary, ref, origin } = model.column(field);
  const value = model.value(id, field);
  const body = [];
  const add = (...parts) => body.push(make("p", {}, ...parts));
  body.push(make("p", { class: "rule" }, description(table, field)));
  if (vocabulary && value) add(`${sentence(say(table, field, value))}: ${code(vocabulary, value).definition}`);
  if (ref && value) add(make("a", { href: `#${ref}/${value}` }, `Its row in the table “${spaced(ref)}”`));
  if (!model.row(id)) add("A document says so, but a decision rejects the row.");
  else if (!value) add("No document in the collection establishes this value. It does not mean zero or no.");
  if (table === "participants" && model.row(id) && !isNamed(id)) add("Counted in a group, such as all member states; no document names the delegation.");
  const beside = neighbours(table, id, field);
  if (beside) body.push(beside);
  if (origin) add(`Derived from ${origin.fields.map(spaced).join(", ")}${origin.table ? ` in ${spaced(origin.table)}` : ""}. The evidence for that follows.`);
  else if (policy === "derived") add("Computed from other values, without a claim of its own.");
  else if (policy === "row") add("In our own words. The documents on the whole row follow.");
  const asked = [field, "", ...(origin && !origin.table ? origin.fields : [])];
  const decisions = tables.get("decisions");
  for (const decision of decisions.rows) {
    const about = (name) => decision[decisions.place[name]];
    if (about("table") !== table || about("row_id") !== id || !asked.includes(about("field"))) continue;
    body.push(make("h3", {}, "Disputed"));
    add(make("b", {}, `${sentence(code("reason", about("reason")).label)}: `), about("note"), " ", make("a", { href: `#disputes/${decision[0]}` }, "The dispute"));
  }
  const tiers = tables.get("sources").column("tier").codes;
  const tier = (one) => tiers.indexOf(tables.get("sources").value(one.source_id, "tier"));
  const claims = claimsBehind(table, id, field).sort((one, other) => tier(one) - tier(other));
  for (const [standing, heading] of Object.entries(HEADINGS)) {
    const found = claims.filter((one) => one.standing === standing);
    if (!found.length) continue;
    const sources = new Set(found.map((one) => one.source_id));
    const voices = new Set([...sources].map(original)).size;
    body.push(
      make("h3", {}, heading, make("small", {}, ` ${plural(sources.size, "document")}${voices < sources.size ? `, ${voices} of them independent` : ""}`)),
      make("ul", { class: "claims" }, ...found.map((one) => claimItem(one, lit))));
  }
  if (!claims.length && policy === "claim") add("Unknown: nothing is recorded.");
  body.push(make("h3", {}, "Copy or cite"),
    make("div", { class: "tools", role: "group", "aria-label": "This value" }, make("b", {}, "This value"),
      ...taking(`#${table}/${id}/${field}`, () => citeClaims(claims), () => `${tellCell(table, id, field)}\n${page()}#${table}/${id}/${field}`)));
  if (model.row(id)) {
    body.push(make("div", { class: "tools", role: "group", "aria-label": "Its row" }, make("b", {}, "Its row"),
      ...taking(`#${table}/${id}`, () => citeRow(table, id), () => tellRow(table, id))));
  }
  body.push(make("h3", {}, "Other values of this row"), make("p", { class: "cells" },
    ...model.columns.filter((one) => one.policy !== "none").map(({ name }) =>
      make("a", { href: `#${table}/${id}/${name}`, "aria-current": name === field ? "true" : null, title: description(table, name) }, spaced(name)))));
  openDialog(`${sentence(spaced(field))} · ${nameOf(table, id)}`, say(table, field, value || claimsOn(table, id, field)[0]?.value), body);
}

const description = (table, field) => {
  const terms = $$(".columns dt", byId(`tables/${table}`));
  return terms.find((term) => term.textContent === field).nextElementSibling.textContent;
};

function fillAttendance(edition, actor) {
  const model = tables.get("participants");
  const rows = model.rows.filter((row) => row[model.place.edition_id] === edition && row[model.place.actor_id] === actor);
  const items = rows.map(([id]) => {
    const said = (name) => say("participants", name, model.value(id, name));
    const cell = (name) => make("a", { href: `#participants/${id}/${name}` }, said(name));
    const title = model.value(id, "title_stated");
    const named = isNamed(id);
    return make("li", {}, make("b", {}, model.value(id, "person_id") ? said("person_id") : "Delegation"), title && `, ${title}`, make("br"),
      cell("presence"), " as ", cell("role"), ", session ", cell("session"),
      ...(model.value(id, "level") ? [", rank ", cell("level")] : []), make("br"),
      make("small", {}, named ? "Named in a document." : "Counted in a group; no document names the delegation."));
  });
  const title = `${nameOf("actors", actor)} at the ${nameOf("editions", edition)}`;
  openDialog("Attendance", title,
    [make("ul", { class: "claims" }, ...items), make("p", { class: "intro" }, "Open an underlined word to see who says so."),
      make("div", { class: "tools", role: "group", "aria-label": "Attendance" }, ...taking(`#attendance/${edition}/${actor}`,
        () => citeClaims(rows.flatMap(([id]) => claimsOn("participants", id))), () => [title, ...items.map((item) => item.innerText)].join("\n")))]);
}

function openDialog(kicker, title, body) {
  $(".kicker", dialog).textContent = kicker;
  $("h2", dialog).textContent = title;
  $(".body", dialog).replaceChildren(...body);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  $("h2", dialog).focus();
}
