// Copying figures yields bare digits: "(70.000)" becomes -70000, so that it pastes into a sheet as a number.
const bare = (place) => {
  const part = place.cloneNode(true);
  for (const figure of part.querySelectorAll("[data-raw]")) figure.textContent = figure.dataset.raw;
  for (const adornment of part.querySelectorAll("svg, .arah")) adornment.remove();
  return part.textContent.trim().replace(/\s+/g, " ");
};

document.addEventListener("copy", (event) => {
  const selection = document.getSelection();
  if (!selection || !event.clipboardData) return;
  if (selection.isCollapsed) {
    // Nothing is selected, but a row or cell of a table has the focus.
    const focused = document.activeElement?.closest?.("[data-kisi] tr, [data-kisi] td, [data-kisi] th");
    if (!focused || focused !== document.activeElement) return;
    event.clipboardData.setData("text/plain", [...(focused.cells ?? [focused])].map(bare).join("\t"));
    event.preventDefault();
    return;
  }
  const part = document.createElement("div");
  part.append(selection.getRangeAt(0).cloneContents());
  const inside = selection.getRangeAt(0).commonAncestorContainer;
  const host = (inside.nodeType === Node.ELEMENT_NODE ? inside : inside.parentElement).closest("[data-raw]");
  if (host) {
    // A part of a number stays as it was selected; the whole of it, brackets or not, is the figure.
    const digits = (text) => text.replace(/\D/g, "");
    if (!digits(selection.toString()).startsWith(digits(host.dataset.raw))) return;
    event.clipboardData.setData("text/plain", host.dataset.raw);
    event.preventDefault();
    return;
  }
  const figures = part.querySelectorAll("[data-raw]");
  if (figures.length === 0) return;
  for (const figure of figures) figure.textContent = figure.dataset.raw;
  for (const adornment of part.querySelectorAll("svg, .arah")) adornment.remove();
  const rows = [...part.querySelectorAll("tr")];
  const text = rows.length
    ? rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join("\t")).join("\n")
    : [...part.querySelectorAll("td, th")].map((cell) => cell.textContent.trim()).join("\t") || part.textContent.trim();
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Tersalin";
  });
}
