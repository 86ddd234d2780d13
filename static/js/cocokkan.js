// Compares a chosen PDF with the stored fingerprint. The file never leaves the device.
const box = document.querySelector("[data-sha256]");

async function compare(file, output) {
  output.className = "";
  output.textContent = "Menghitung sidik berkas…";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const found = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const same = found === box.dataset.sha256.toLowerCase();
  output.className = same ? "ya" : "tidak";
  output.textContent = same
    ? "= PDF Anda sama persis dengan yang kami simpan."
    : "≠ PDF Anda berbeda dari yang kami simpan. Jangan dipakai.";
}

if (box) {
  const input = box.querySelector("input[type=file]");
  const output = box.querySelector("output");
  // crypto.subtle exists in secure contexts only; without it the page keeps its words on comparing by eye.
  if (globalThis.crypto?.subtle) {
    box.hidden = false;
    input.addEventListener("change", () => input.files[0] && compare(input.files[0], output));
  }
}
