// Sends a file in chunks with a SHA-256 each: a dropped line or a reload goes on where it stopped, and no chunk
// is sent twice. The server knows a half-sent file again by its user, case and hash, so nothing is kept here.
import { Chunks, Refused, sha256 } from "./chunks.js";
import { Cancelled } from "./steering.js";

const WAITS = [1, 2, 5, 10];

// Hashing needs a secure context; without it the form posts in one piece.
export const canResume = () => Boolean(globalThis.crypto?.subtle);

const clock = () => new Date().toTimeString().slice(0, 5).replace(":", ".");

// `view` is told what happens: sent(bytes), resumed(time, bytes), waiting(time), spoilt(place), paused(bytes) and
// whole(). Returns the upload's id. Throws Refused with a sentence, and Cancelled once `steering` was cancelled:
// its `forgotten` tells whether the server has forgotten what was sent.
export async function sendInChunks(form, file, view, steering) {
  const sending = new Sending(form, file, view, steering);
  try {
    return await sending.run();
  } catch (error) {
    if (error instanceof Cancelled) error.forgotten = !sending.half || (await sending.chunks.abandon(sending.half));
    throw error;
  }
}

class Sending {
  half = null;
  sent = 0;
  failures = 0;
  dropped = "";

  constructor(form, file, view, steering) {
    Object.assign(this, { form, file, view, steering, chunks: new Chunks(form, steering) });
  }

  async run() {
    const announcement = {
      period: this.form.elements.period.value,
      satker: this.form.elements.satker?.value ?? "",
      filename: this.file.name,
      size: this.file.size,
      sha256: await sha256(await this.file.arrayBuffer()),
    };
    await this.#insist(async () => {
      await this.#ready();
      // Asked anew after every drop: a chunk whose receipt was lost has arrived all the same.
      this.half = await this.chunks.announce(announcement);
      await this.#sendMissing();
    });
    this.view.whole();
    // Finishing twice gives the same upload, so a lost receipt is simply asked for again.
    return (await this.#insist(() => this.chunks.finish(this.half))).id;
  }

  async #sendMissing() {
    const { size, missing, chunk_size: length } = this.half;
    this.sent = missing.reduce((left, number) => left - Math.min(length, size - number * length), size);
    if (this.sent > 0) this.view.resumed(this.dropped, this.sent);
    this.view.sent(this.sent);
    for (const number of missing) {
      await this.#ready();
      const bytes = await this.file.slice(number * length, (number + 1) * length).arrayBuffer();
      await this.chunks.send(this.half, number, bytes, this.view.spoilt);
      this.failures = 0;
      this.sent += bytes.byteLength;
      this.view.sent(this.sent);
    }
    await this.#ready();
  }

  async #ready() {
    if (this.steering.paused) this.view.paused(this.sent);
    await this.steering.ready();
  }

  // Until `work` ends well, is refused or is cancelled.
  async #insist(work) {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.steering.signal.aborted) throw new Cancelled();
        if (error instanceof Refused) throw error;
        this.dropped = clock();
        this.view.waiting(this.dropped);
        await this.steering.wait(WAITS[Math.min(this.failures, WAITS.length - 1)]);
        this.failures += 1;
      }
    }
  }
}
