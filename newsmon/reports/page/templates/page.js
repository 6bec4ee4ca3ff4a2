"use strict";
(() => {
  const language = document.documentElement.lang;
  const compare = new Intl.Collator(language, { numeric: true, sensitivity: "base" }).compare;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // A column is sorted by what the database says (data-value), by its words where nothing was said.
  const keyOf = (row, i) => row.cells[i].dataset.value ?? row.cells[i].textContent.trim();

  const sortBy = (table, header, i) => {
    const up = header.getAttribute("aria-sort") !== "ascending";
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [keyOf(row, i), row]);
    const numeric = rows.every(([key]) => key === "" || (key.trim() !== "" && Number.isFinite(Number(key))));
    const order = (a, b) => {
      if (a === "" || b === "") return (a === "") - (b === "") || 0;
      return (up ? 1 : -1) * (numeric ? Number(a) - Number(b) : compare(a, b));
    };
    rows.sort(([a], [b]) => order(a, b));
    for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    body.append(...rows.map(([, row]) => row));
  };

  for (const table of document.querySelectorAll("table[data-sort]")) {
    [...table.tHead.rows[0].cells].forEach((header, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = `${table.dataset.sort} : ${header.textContent}`;
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => sortBy(table, header, i));
    });
  }

  for (const table of document.querySelectorAll("table[data-filter]")) {
    const rows = [...table.tBodies[0].rows].map((row) => [fold(row.textContent), row]);
    const box = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const shown = document.createElement("output");
    box.className = "filter";
    input.type = "search";
    input.id = `${table.id}-filter`;
    label.htmlFor = input.id;
    label.textContent = table.dataset.filter;
    shown.htmlFor = input.id;
    box.append(label, input, shown);
    table.parentNode.before(box);
    const apply = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let n = 0;
      for (const [text, row] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        n += !row.hidden;
      }
      shown.textContent = table.dataset.shown.replace("{n}", n).replace("{all}", rows.length);
    };
    input.addEventListener("input", apply);
    apply();
  }
})();
