/* --- copying: an address, a citation, a text ----------------------------------------------- */

const page = () => location.href.split("#")[0];

async function copy(text, teller) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    /* If the clipboard is not allowed, use the old way. */
    const area = make("textarea", { class: "vh", "aria-hidden": "true" });
    area.value = text;
    teller.after(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    teller.focus();
  }
  const said = teller.parentNode.querySelector("[role=status]");
  said.textContent = "Copied.";
  setTimeout(() => { said.textContent = ""; }, 3000);
}

/* The three buttons of a value, a row or a figure. */
function taking(address, citation, text) {
  const copier = (label, content) => {
    const made = button(label, () => copy(content(), made), { class: "copy" });
    return made;
  };
  return [
    copier("Copy link", () => `${page()}${address}`),
    copier("Copy citation", citation),
    copier("Copy as text", text),
    make("span", { role: "status" }),
  ];
}

/* A document as citations name it. */
function citeDocument(source, link) {
  const about = (name) => tables.get("sources").value(source, name);
  const length = { day: 10, month: 7 }[about("published_precision")] ?? 4;
  const date = about("published_on") ? about("published_on").slice(0, length) : "n.d.";
  const url = link || about("url");
  return `${about("publisher")}, ${about("title")} (${date}).${url ? ` ${url}` : ""}`;
}

const citeClaims = (claims) => {
  const spoken = claims.filter(({ standing }) => standing === "agreed" || standing === "preferred");
  const firsts = new Map(spoken.map((one) => [one.source_id, one]).reverse());
  return [byId("citation").textContent, ...[...firsts.values()].reverse().map(({ source_id, link }) => citeDocument(source_id, link))].join("\n");
};
const citeRow = (table, id) => (table === "sources" ? `${byId("citation").textContent}\n${citeDocument(id)}` : citeClaims(claimsOn(table, id)));

const tellCell = (table, id, field) => `${sentence(spaced(field))}, ${nameOf(table, id)}: ${table === "participants" && field === "presence" ? tellPresence(id) : say(table, field, tables.get(table).value(id, field))}`;
const tellRow = (table, id) => [nameOf(table, id), ...tables.get(table).columns.map(({ name }) =>
  `${name}: ${tables.get(table).value(id, name)}`)].join("\n");
