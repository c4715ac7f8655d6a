/* --- choices: what the views of attendance, meetings and disputes leave out ---------------- */

function onChoice(form, answer) {
  const again = () => { $("p", form).textContent = answer(Object.fromEntries(new FormData(form))); };
  for (const event of ["input", "change"]) form.addEventListener(event, again);
  form.addEventListener("submit", (event) => event.preventDefault());
  return again;
}

onChoice(byId("attendance-picks"), ({ role, session }) => {
  const { rows, place } = tables.get("participants");
  const chosen = rows.filter((row) => (!role || row[place.role] === role) && (!session || row[place.session] === session));
  const taken = new Map();
  for (const row of chosen) {
    const address = `#attendance/${row[place.edition_id]}/${row[place.actor_id]}`;
    taken.set(address, [...taken.get(address) ?? [], isNamed(row[0]) || row[place.presence] !== "attended" ? row[place.presence] : "counted"]);
  }
  const count = chosen.length;
  for (const link of $$(".matrix td a")) {
    const marks = taken.get(link.getAttribute("href"));
    link.hidden = !marks;
    for (const mark of $$(".m", link)) mark.toggleAttribute("hidden", !marks?.some((name) => mark.classList.contains(name)));
  }
  return plural(count, "participation");
});

onChoice(byId("meeting-picks"), ({ kind }) => {
  const items = $$(".met > li");
  for (const item of items) item.hidden = Boolean(kind) && item.dataset.kind !== kind;
  for (const year of $$("#meetings .year")) year.hidden = !$(".met > li:not([hidden])", year);
  return plural(items.filter((item) => !item.hidden).length, "meeting");
});

const disputeForm = byId("dispute-picks");
const chooseDisputes = onChoice(disputeForm, ({ text, reason, year }) => {
  let count = 0;
  for (const subject of $$(".subject")) {
    for (const dispute of $$(".dispute", subject)) {
      const all = fold(`${$("h2", subject).textContent} ${dispute.textContent}`);
      dispute.hidden = !words(text).every((word) => all.includes(word))
        || (Boolean(year) && dispute.dataset.year !== year)
        || !$$(".point", dispute).some((point) => !reason || point.dataset.reason === reason);
      count += !dispute.hidden;
    }
    subject.hidden = !$(".dispute:not([hidden])", subject);
  }
  return plural(count, "dispute");
});

disputeForm.addEventListener("change", () => {
  const asked = new URLSearchParams([...new FormData(disputeForm)].filter(([, value]) => value));
  keep(`#disputes${[...asked].length ? `?${asked}` : ""}`);
});

function askDisputes(asked) {
  for (const name of ["text", "year", "reason"]) disputeForm.elements[name].value = asked.get(name) ?? "";
  chooseDisputes();
  if (![...asked].length) $("p", disputeForm).textContent = "";
}
