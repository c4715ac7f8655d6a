/* --- names: rows and values in words ------------------------------------------------------- */

function code(vocabulary, text) {
  const codes = tables.get("codes");
  const row = codes.rows.find((one) => one[codes.place.vocabulary] === vocabulary && one[codes.place.code] === text);
  return { label: row?.[codes.place.label] ?? text, definition: row?.[codes.place.definition] ?? "" };
}

function nameOf(table, id) {
  const model = tables.get(table);
  const value = (name) => model.value(id, name);
  if (!model.row(id)) return id;
  if (table === "editions") return `${ordinal(Number(value("number")))} AMCC, ${value("year")}`;
  if (table === "participants") {
    const who = value("person_id") ? nameOf("people", value("person_id")) : nameOf("actors", value("actor_id"));
    return `${who} at the ${nameOf("editions", value("edition_id"))}`;
  }
  if (table === "initiative_events") return `${nameOf("initiatives", value("initiative_id"))}: ${say(table, "kind", value("kind"))}, ${when(value("date"), value("precision"))}`;
  if (table === "parties") return `${nameOf("actors", value("actor_id"))} as ${say(table, "role", value("role"))} of ${nameOf("initiatives", value("initiative_id"))}`;
  if (table === "cross_references") {
    const end = (names) => names.filter((name) => value(name)).map((name) => nameOf(model.column(name).ref, value(name)))[0];
    return `${end(["from_outcome_id", "from_initiative_id"])} ${say(table, "relation", value("relation"))} ${end(["to_instrument_id", "to_initiative_id", "to_actor_id"])}`;
  }
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

/* The act of an outcome, and whose it was. */
function doneBy(id) {
  const value = (name) => tables.get("outcomes").value(id, name);
  return `${sentence(say("outcomes", "act", value("act")))} by ${value("made_by") ? nameOf("actors", value("made_by")) : "all members together"}`;
}

/* Whether a document names a participant, and does not only count it in a group. */
const isNamed = (id) => tables.get("participants").value(id, "named_by") !== "0";
const tellPresence = (id) => say("participants", "presence", tables.get("participants").value(id, "presence"))
  + (isNamed(id) ? "" : ", counted in a group; no document names the delegation");

function original(source) {
  const sources = tables.get("sources");
  for (let copied; (copied = sources.value(source, "copy_of"));) source = copied;
  return source;
}

/* The site on which a document was found. */
const site = (url) => (url ? new URL(url).hostname.replace(/^www\.|\.$/g, "") : "");
