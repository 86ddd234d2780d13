// Pausing and cancelling an upload on its way: sending asks `ready()` before every chunk.
export class Cancelled extends Error {}

export class Steering {
  #abort = new AbortController();
  #go = Promise.resolve();
  #release = null;

  // Aborts the request that is on its way; the sender then meets Cancelled.
  get signal() {
    return this.#abort.signal;
  }

  get paused() {
    return this.#release !== null;
  }

  pause() {
    this.#go = new Promise((release) => {
      this.#release = release;
    });
  }

  resume() {
    this.#release?.();
    this.#release = null;
  }

  cancel() {
    this.#abort.abort();
    this.resume();
  }

  async ready() {
    await this.#go;
    if (this.signal.aborted) throw new Cancelled();
  }

  // Some seconds, or until it is cancelled.
  wait(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

// The two buttons of templates/components/_jatuh.html, for one sending. `say(words)` tells what happens.
export function buttonsOf(box, say) {
  const [pause, resume, cancel] = ["pause", "resume", "cancel"].map((name) => box.querySelector(`[data-${name}]`));
  const show = (paused) => {
    pause.hidden = paused;
    resume.hidden = !paused;
  };

  // A new steering for a new sending; of an earlier one nothing is left.
  return function steer() {
    const steering = new Steering();
    pause.onclick = () => {
      steering.pause();
      show(true);
      resume.focus();
      say("Berhenti setelah potongan yang sedang dikirim ini sampai.");
    };
    resume.onclick = () => {
      show(false);
      pause.focus();
      say("Dilanjutkan. Tidak ada yang diulang.");
      steering.resume();
    };
    cancel.onclick = () => {
      if (!confirm("Batalkan unggahan ini? Bagian yang sudah terkirim akan dihapus dari server.")) return;
      box.hidden = true;
      say("Membatalkan unggahan.");
      steering.cancel();
    };
    show(false);
    box.hidden = false;
    return steering;
  };
}
