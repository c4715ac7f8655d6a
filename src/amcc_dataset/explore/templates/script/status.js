/* --- the status of the initiatives on a day ------------------------------------------------ */

const lines = byId("initiatives");
const range = byId("on-range");
const exact = byId("on-day");
const firstYear = Number(range.dataset.year);
const months = Number(range.max);

function monthDay(value) {
  const month = firstYear * 12 + Number(value);
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}

/* A status lasts from its first day until the next one begins; without a day, show the last one. */
function setDay(iso) {
  const counts = new Map();
  for (const line of $$(".line")) {
    const steps = line.dataset.steps.split(",").filter(Boolean).map((step) => step.split(" "));
    const [, status, rank = 0] = steps.filter(([start]) => !iso || start <= iso).at(-1) ?? [];
    const label = status ? code("status", status).label : iso ? "no step yet" : "no dated step";
    const chip = $(".chip", line);
    chip.className = `chip s${rank}`;
    chip.lastChild.textContent = label;
    counts.set(label, [rank, (counts.get(label)?.[1] ?? 0) + 1]);
    for (const step of $$("[data-end]", line)) step.classList.toggle("later", Boolean(iso) && step.dataset.end > iso);
  }
  byId("on").textContent = iso ? `on ${when(iso)}` : "latest known";
  byId("on-count").textContent = [...counts].sort(([, [a]], [, [b]]) => b - a).map(([label, [, count]]) => `${count} ${label}`).join(" · ");
  lines.classList.toggle("dated", Boolean(iso));
  exact.value = iso ?? "";
  const [year, month, date] = (iso ?? "").split("-").map(Number);
  const place = iso ? Math.max(0, Math.min(months, (year - firstYear) * 12 + month - 1 + (date - 1) / 31)) : months;
  if (document.activeElement !== range) range.value = Math.floor(place);
  range.setAttribute("aria-valuetext", byId("on").textContent);
  lines.style.setProperty("--on", `${(place / months) * 100}%`);
}

const keepDay = () => keep(exact.value ? `#initiatives/${exact.value}` : "#initiatives");

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
