"use strict";
(() => {
  const main = document.querySelector("main");
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const units = [...document.querySelectorAll("article.unit")].map((article) => ({
    number: article.dataset.unit,
    key: article.dataset.key.toLowerCase(),
    parts: [],
  }));
  const byNumber = new Map(units.map((unit) => [unit.number, unit]));
  for (const part of document.querySelectorAll("[data-unit]")) byNumber.get(part.dataset.unit).parts.push(part);
  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    let count = 0;
    for (const unit of units) {
      const hidden = !unit.key.includes(wanted);
      count += hidden ? 0 : 1;
      for (const part of unit.parts) part.hidden = hidden;
    }
    const numbers = [count, units.length];
    found.textContent = wanted ? found.dataset.text.replace(/\{\}/g, () => numbers.shift()) : "";
  };
  find.addEventListener("input", show);
  document.querySelector(".find").hidden = false;
  show();

  const value = (row, index) => {
    const text = row.cells[index].textContent.trim();
    return { text, number: /^[+-]?\d+(\.\d+)?[…%]?$/.test(text) ? parseFloat(text) : null };
  };
  const compare = (one, other) => {
    if (one.number !== null && other.number !== null) return one.number - other.number;
    return one.text < other.text ? -1 : Number(one.text > other.text);
  };
  const sort = (table, head, index) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows].map((row, place) => ({ row, place, value: value(row, index) }));
    const known = (one) => (one.value.number === null ? 1 : 0);
    rows.sort(
      (one, other) =>
        known(one) - known(other) ||
        (descending ? -1 : 1) * compare(one.value, other.value) ||
        one.place - other.place,
    );
    table.tBodies[0].append(...rows.map((one) => one.row));
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      if (head.classList.contains("wide")) return;
      head.tabIndex = 0;
      head.title = main.dataset.sort;
      head.classList.add("sorts");
      head.addEventListener("click", () => sort(table, head, index));
      head.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        sort(table, head, index);
      });
    });
  }
})();
