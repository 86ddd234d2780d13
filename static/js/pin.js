// Six drawn cells under the one real input, which keeps focus, paste and password managers.
for (const box of document.querySelectorAll("[data-pin]")) {
  const input = box.querySelector("input");
  const cells = [...box.querySelectorAll(".sel6 i")];
  const draw = () => {
    input.value = input.value.replace(/\D/g, "").slice(0, cells.length);
    const written = input.value.length;
    cells.forEach((cell, place) => {
      cell.classList.toggle("isi1", place < written);
      cell.classList.toggle("fk", document.activeElement === input && place === Math.min(written, cells.length - 1));
    });
  };
  box.classList.add("digambar");
  for (const kind of ["input", "focus", "blur"]) input.addEventListener(kind, draw);
  draw();
  // Opening the sheet is one tap; the PIN can be typed at once.
  const sheet = box.closest("details");
  sheet?.addEventListener("toggle", () => sheet.open && input.focus());
}

// A link to the form in the page becomes the native dialog where there is one.
for (const opener of document.querySelectorAll("[data-dialog]")) {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) continue;
  opener.hidden = false;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
}
