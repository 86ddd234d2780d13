// Tables that are worked with keys: <table data-kisi="treegrid"> (rows say their depth by data-level) and
// <table data-kisi="grid">. Rows take the focus, one at a time; arrows move between rows and into their cells.
// Without this script the same tables are plain tables with links, reached by Tab.
const KEPT = "hasil-rekon";

const rowsOf = (table) => [...table.tBodies[0].rows].filter((row) => !row.classList.contains("rinci") && !row.classList.contains("pet"));
const linkOf = (row) => row.querySelector("a.buka") ?? row.querySelector("a[href]");
const isOpen = (row) => linkOf(row)?.getAttribute("aria-expanded");

function dress(table) {
  const kind = table.dataset.kisi;
  table.setAttribute("role", kind);
  for (const row of table.tBodies[0].rows) row.setAttribute("role", "row");
  for (const row of rowsOf(table)) {
    row.tabIndex = -1;
    if (kind === "treegrid") {
      row.setAttribute("aria-level", row.dataset.level ?? "2");
      if (isOpen(row)) row.setAttribute("aria-expanded", isOpen(row));
    }
    for (const cell of row.cells) {
      cell.tabIndex = -1;
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "gridcell");
    }
    // One stop for Tab: the row itself opens and closes, and Enter follows its link.
    linkOf(row)?.setAttribute("tabindex", "-1");
  }
  stop(table, rowsOf(table)[0]);
}

function stop(table, row) {
  for (const other of rowsOf(table)) other.tabIndex = other === row ? 0 : -1;
}

function go(table, place) {
  if (!place) return;
  stop(table, place.closest("tr"));
  place.focus();
}

function follow(row) {
  const link = linkOf(row);
  if (!link) return;
  keep(link, row, true);
  link.click();
}

// What the next page needs to put the same row at the same height, and the focus where it was.
function keep(link, row, focus) {
  const anchor = link.hash.slice(1);
  sessionStorage.setItem(KEPT, JSON.stringify({ anchor, top: row.getBoundingClientRect().top, focus }));
}

function restore() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!kept) return;
  const { anchor, top, focus } = JSON.parse(kept);
  const row = document.getElementById(anchor);
  if (!row || location.hash !== `#${anchor}`) return;
  const place = () => scrollBy(0, row.getBoundingClientRect().top - top);
  place();
  addEventListener("load", place, { once: true });
  if (focus) {
    stop(row.closest("[data-kisi]"), row);
    row.focus({ preventScroll: true });
  }
}

function explain(row) {
  const field = row.nextElementSibling?.querySelector(".sebab textarea, .sebab input:not([type=hidden])");
  field?.focus();
  return Boolean(field);
}

function inRow(table, row, cell, key) {
  const rows = rowsOf(table);
  const at = rows.indexOf(row);
  const cells = [...row.cells];
  const column = cells.indexOf(cell);
  const next = { ArrowUp: rows[at - 1], ArrowDown: rows[at + 1], Home: rows[0], End: rows.at(-1) }[key];
  if (cell && (key === "Home" || key === "End")) return cells.at(key === "Home" ? 0 : -1);
  if (next) return cell ? (next.cells[Math.min(column, next.cells.length - 1)] ?? next) : next;
  if (key === "ArrowRight") return cells[column + 1];
  if (key === "ArrowLeft" && cell) return cells[column - 1] ?? row;
  if (key === "ArrowLeft") return rows.slice(0, at).findLast((one) => (one.dataset.level ?? 2) < (row.dataset.level ?? 2));
  return null;
}

function another(table, row, forward) {
  const rows = rowsOf(table).filter((one) => one.classList.contains("beda") || one.classList.contains("b"));
  const after = (one) => row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  return forward ? rows.find((one) => one !== row && after(one)) : rows.findLast((one) => one !== row && !after(one));
}

function pressed(event) {
  const table = event.target.closest("[data-kisi]");
  const row = event.target.closest("tr");
  const cell = event.target.matches("td, th") ? event.target : null;
  if (!table || !row || (event.target !== row && !cell) || event.ctrlKey || event.metaKey || event.altKey) return;
  const opened = isOpen(row);
  if (event.key === "Enter") {
    if (!(opened === "true" && explain(row))) follow(row);
  } else if ((event.key === "ArrowRight" && !cell && opened === "false") || (event.key === "ArrowLeft" && !cell && opened === "true")) {
    follow(row);
  } else if (["n", "p"].includes(event.key.toLowerCase())) {
    go(table, another(table, row, event.key.toLowerCase() === "n"));
  } else if (event.key.toLowerCase() === "b") {
    document.getElementById("ke")?.focus();
  } else if (event.key === "?") {
    const help = document.querySelector("[data-pintasan]");
    help.open = !help.open;
  } else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
    go(table, inRow(table, row, cell, event.key));
  } else {
    return;
  }
  event.preventDefault();
}

for (const table of document.querySelectorAll("[data-kisi]")) {
  dress(table);
  table.addEventListener("keydown", (event) => {
    if (event.target.closest("[data-kisi]") === table) pressed(event);
  });
}
// A region that has nothing to slide is no stop for Tab.
for (const region of document.querySelectorAll(".geser")) {
  if (region.scrollWidth <= region.clientWidth + 1) region.removeAttribute("tabindex");
}
for (const help of document.querySelectorAll("[data-pintasan]")) help.hidden = false;
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-stay]");
  if (link && event.isTrusted) keep(link, document.getElementById(link.hash.slice(1)) ?? link, false);
});
restore();
