/* --- start --------------------------------------------------------------------------------- */

for (const section of $$("section.table")) tables.set(section.dataset.table, new Table(section));
for (const form of $$("form[hidden]")) form.hidden = false;
byId("search").hidden = false;

/* A link to a document opens it at its passage; without the script it leads to the document's row. */
for (const event of ["pointerover", "focusin", "click"]) {
  addEventListener(event, ({ target }) => {
    const link = target instanceof Element && target.closest("a[data-p]");
    if (!link) return;
    link.href = passage(Number(link.dataset.p)).link || link.href;
    link.removeAttribute("data-p");
  }, true);
}

/* The marks of a thread lead to their outcomes, and show which one is pointed at. */
for (const chart of $$(".chart > svg")) {
  chart.addEventListener("click", ({ target }) => {
    const dot = target.closest("[data-to]");
    if (dot) go(`#threads/${dot.dataset.to}`);
  });
  chart.addEventListener("pointerover", ({ target }) => {
    const dot = target.closest("[data-to]");
    if (dot && !dot.firstChild) dot.append(node("title", {}, $("h3", byId(`threads/${dot.dataset.to}`)).textContent));
  });
}
for (const list of $$(".outcomes")) {
  for (const kind of ["pointerover", "pointerout"]) {
    list.addEventListener(kind, ({ target }) => {
      const item = target.closest("li[id]");
      if (item) $(`[data-to="${item.id.slice(8)}"]`, list.parentNode).classList.toggle("near", kind === "pointerover");
    });
  }
}

offerFigures();
rove($(".matrix"));
arrows($(".matrix"));
addEventListener("hashchange", route);
addEventListener("beforeprint", () => {
  for (const details of $$(".view.current details:not(.take, .columns)")) details.open = true;
});
route();
