// "Pilih semua" without a reload, and how many are ticked; without the script the link and the server do it.
for (const bar of document.querySelectorAll("[data-tick]")) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${bar.id}"]`)];
  const all = bar.querySelector("[data-tick-all]");
  const say = () => {
    const count = boxes.filter((box) => box.checked).length;
    bar.querySelector("[data-tick-count]").textContent = `${count} dari ${boxes.length} BAR dipilih`;
    bar.querySelector("[data-tick-number]").textContent = count ? `${count} BAR` : "yang dipilih";
  };
  all?.addEventListener("click", (event) => {
    event.preventDefault();
    const every = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !every;
    all.textContent = every ? "Pilih semua" : "Batalkan pilihan";
    say();
  });
  for (const box of boxes) box.addEventListener("change", say);
}
