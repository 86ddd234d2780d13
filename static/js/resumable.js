// Sends a file in chunks with a SHA-256 each: a dropped line or a reload goes on where it stopped, and no chunk
// is sent twice. The server knows a half-sent file again by its user, case and hash, so nothing is kept here.
const WAITS = [1, 2, 5, 10];

class Refused extends Error {}

// Hashing needs a secure context; without it the form posts in one piece.
export const canResume = () => Boolean(globalThis.crypto?.subtle);

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));
const clock = () => new Date().toTimeString().slice(0, 5).replace(":", ".");
const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));

// A refusal ends the sending with the server's sentence; a dropped line or a broken server throws and is tried again.
async function call(csrf, method, url, body, headers = {}) {
  const answer = await fetch(url, {
    method,
    body,
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrf, Accept: "application/json, application/problem+json", ...headers },
  });
  if (answer.status >= 500) throw new Error(String(answer.status));
  const strange = { detail: "Berkas tidak dapat dikirim. Muat ulang halaman ini, lalu unggah lagi." };
  const document = answer.status === 204 ? null : await answer.json().catch(() => strange);
  if (!answer.ok) throw new Refused(document.errors?.[0]?.message ?? document.detail);
  return document;
}

// `view.sent(bytes)` after every chunk, `view.dropped(time, bytes)` when it goes on; returns the upload's id.
export async function sendInChunks(form, file, view) {
  const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const base = form.dataset.chunks;
  const json = { "Content-Type": "application/json" };
  const announcement = JSON.stringify({
    period: form.elements.period.value,
    satker: form.elements.satker?.value ?? "",
    filename: file.name,
    size: file.size,
    sha256: await sha256(await file.arrayBuffer()),
  });
  let failures = 0;
  let dropped = "";
  for (;;) {
    try {
      // Asked anew after every drop: a chunk whose receipt was lost has arrived all the same.
      const half = await call(csrf, "POST", base, announcement, json);
      const length = (number) => Math.min(half.chunk_size, half.size - number * half.chunk_size);
      let sent = half.size - half.missing.reduce((total, number) => total + length(number), 0);
      if (sent > 0) view.resumed(dropped, sent);
      view.sent(sent);
      for (const number of half.missing) {
        const start = number * half.chunk_size;
        const bytes = await file.slice(start, start + half.chunk_size).arrayBuffer();
        const headers = { "Content-Type": "application/octet-stream", "X-Chunk-SHA256": await sha256(bytes) };
        await call(csrf, "PUT", `${base}${half.id}/${number}/`, bytes, headers);
        failures = 0;
        sent += bytes.byteLength;
        view.sent(sent);
      }
      return await finish(csrf, `${base}${half.id}/finish/`, view);
    } catch (error) {
      if (error instanceof Refused) throw error;
      dropped = clock();
      view.waiting(dropped);
      await pause(WAITS[Math.min(failures, WAITS.length - 1)]);
      failures += 1;
    }
  }
}

// Finishing twice gives the same upload, so a lost receipt is simply asked for again.
async function finish(csrf, url, view) {
  for (let failures = 0; ; failures += 1) {
    try {
      return (await call(csrf, "POST", url)).id;
    } catch (error) {
      if (error instanceof Refused) throw error;
      view.waiting(clock());
      await pause(WAITS[Math.min(failures, WAITS.length - 1)]);
    }
  }
}
