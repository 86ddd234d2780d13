// Compares what the visitor holds with what the page shows: the QR's token from the fragment, which never
// reaches the server, and a chosen PDF, which never leaves the device.
const box = document.querySelector("[data-sha256]");

const told = document.getElementById("vonis");
const answer = told?.firstElementChild;
const findings = { token: true, pdf: true };

// Another file may be chosen after a wrong one: the page's own answer comes back once nothing differs.
function judge(what, same) {
  findings[what] = same;
  const differs = document.getElementById("isi-berbeda").content.cloneNode(true);
  told.replaceChildren(findings.token && findings.pdf ? answer : differs);
}

// The claims of a compact JWS; null when the fragment is none (an anchor, or nothing).
function claimsOf(fragment) {
  const parts = fragment.split(".");
  if (parts.length !== 3) return null;
  try {
    const text = atob(parts[1].replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (sign) => sign.codePointAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

function checkToken() {
  const claims = claimsOf(location.hash.slice(1));
  const { number, verifyId, contentHash } = box.dataset;
  const same = (claim) => claim.no === number && claim.id === verifyId && claim.sha256 === contentHash;
  judge("token", !claims || same(claims));
}

async function compare(file, output) {
  output.className = "";
  output.textContent = "Menghitung sidik berkas…";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const found = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const same = found === box.dataset.sha256;
  output.className = same ? "ya" : "tidak";
  output.textContent = same
    ? "= PDF Anda sama persis dengan yang kami simpan."
    : "≠ PDF Anda berbeda dari yang kami simpan. Jangan dipakai.";
  judge("pdf", same);
}

if (box) {
  checkToken();
  addEventListener("hashchange", checkToken);
  const input = box.querySelector("input[type=file]");
  const output = box.querySelector("output");
  // crypto.subtle exists in secure contexts only; without it the page keeps its words on comparing by eye.
  if (globalThis.crypto?.subtle) {
    box.hidden = false;
    input.addEventListener("change", () => input.files[0] && compare(input.files[0], output));
  }
}
