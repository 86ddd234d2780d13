// The calls of adk/chunks/: each either answers, is refused with the server's sentence, or throws to be tried again.
const SPOILT_WAITS = [1, 2, 5]; // a chunk that arrives spoilt is sent again, a few times
const ABANDON_WAITS = [1, 2];

export class Refused extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const sha256 = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));

export class Chunks {
  constructor(form, steering) {
    this.csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.base = form.dataset.chunks;
    this.steering = steering;
  }

  async #call(method, url, { body, headers = {}, signal } = {}) {
    const answer = await fetch(url, {
      method,
      body,
      signal,
      credentials: "same-origin",
      headers: { "X-CSRFToken": this.csrf, Accept: "application/json, application/problem+json", ...headers },
    });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const strange = { detail: "Berkas tidak dapat dikirim. Muat ulang halaman ini, lalu unggah lagi." };
    const document = answer.status === 204 ? null : await answer.json().catch(() => strange);
    if (!answer.ok) throw new Refused(document.errors?.[0]?.message ?? document.detail, answer.status);
    return document;
  }

  announce(announcement) {
    const headers = { "Content-Type": "application/json" };
    return this.#call("POST", this.base, { body: JSON.stringify(announcement), headers });
  }

  // `spoilt(place)` before a chunk is sent again because other bytes arrived; cancelling ends it at once.
  async send(half, number, bytes, spoilt) {
    const headers = { "Content-Type": "application/octet-stream", "X-Chunk-SHA256": await sha256(bytes) };
    const place = `${number + 1} dari ${half.chunks}`;
    for (let failures = 0; ; failures += 1) {
      try {
        const what = { body: bytes, headers, signal: this.steering.signal };
        return await this.#call("PUT", `${this.base}${half.id}/${number}/`, what);
      } catch (error) {
        if (error.status !== 400) throw error;
        if (failures === SPOILT_WAITS.length) {
          throw new Refused(
            `Potongan ${place} tiba dalam keadaan rusak ${failures + 1} kali. Coba jaringan lain, lalu tekan ` +
              "Unggah ADK lagi. Yang sudah terkirim aman dan tidak diulang.",
          );
        }
        spoilt(place);
        await this.steering.wait(SPOILT_WAITS[failures]);
        await this.steering.ready();
      }
    }
  }

  finish(half) {
    return this.#call("POST", `${this.base}${half.id}/finish/`);
  }

  // Whether the server has forgotten what was sent; it forgets by itself within a day.
  async abandon(half) {
    for (const seconds of [...ABANDON_WAITS, 0]) {
      try {
        await this.#call("DELETE", `${this.base}${half.id}/`);
        return true;
      } catch (error) {
        if (error.status === 404) return true;
        if (error instanceof Refused) throw error;
        await new Promise((resume) => setTimeout(resume, seconds * 1000));
      }
    }
    return false;
  }
}
