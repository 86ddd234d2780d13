// Upload with a check before sending and progress in words; without this module the same form posts by itself.
// <form data-upload data-chunks="/api/v1/adk/chunks/"> with the parts of templates/components/_jatuh.html: a
// [data-progress] block holding a <progress>, [data-words], [data-aloud], [data-line] and the buttons of
// [data-steering], and a [data-refusal].
import { prechecker } from "./prechecklist.js";
import { canResume, sendInChunks } from "./resumable.js";
import { buttonsOf, Cancelled } from "./steering.js";

const MB = 1024 * 1024;
const tenths = (bytes) => (bytes / MB).toFixed(1).replace(".", ",");

function progressOf(view, total) {
  let started = 0;
  let first = null;
  let announced = -1;
  return (loaded) => {
    if (first === null) [first, started] = [loaded, Date.now()];
    const percent = Math.floor((loaded / total) * 100);
    const rate = (loaded - first) / Math.max((Date.now() - started) / 1000, 0.2);
    const left = rate ? ` · ${Math.round(rate / 1024)} KB/detik · kira-kira ${Math.ceil((total - loaded) / rate)} detik lagi` : "";
    view.bar.value = percent;
    view.words.textContent = `${tenths(loaded)} dari ${tenths(total)} MB${left}`;
    const quarter = Math.floor(percent / 25);
    if (quarter > announced) {
      announced = quarter;
      view.aloud.textContent = `Unggahan ${quarter * 25} persen`;
    }
  };
}

// What has become of the bytes sent before it was cancelled; another tab may be sending the same file still.
const forgotten = new Map([
  [true, "Tidak ada yang tersimpan di server."],
  [false, "Server belum terjangkau; bagian yang sudah terkirim terhapus sendiri dalam sehari."],
]);

// One tab at a time sends: a second one with the same file waits, and then finds nothing left to send.
async function sendResumable(form, file, view, steering) {
  let meter = progressOf(view, file.size);
  const steps = {
    sent: (bytes) => meter(bytes),
    waiting(time) {
      view.say(`Sambungan putus pukul ${time}. Yang sudah terkirim aman; mencoba menyambung lagi.`);
    },
    resumed(time, bytes) {
      const before = time ? `Sambungan putus pukul ${time}, lalu dilanjutkan` : "Dilanjutkan";
      view.say(`${before} dari ${tenths(bytes)} MB. Tidak ada yang diulang.`);
    },
    spoilt(place) {
      view.say(`Potongan ${place} rusak di jalan dan dikirim lagi.`);
    },
    paused(bytes) {
      meter = progressOf(view, file.size); // the time of the pause is none of the sending
      view.words.textContent = `${tenths(bytes)} dari ${tenths(file.size)} MB`;
      view.say(`Dijeda di ${tenths(bytes)} MB. Yang sudah terkirim aman; lanjutkan dalam 24 jam sejak mulai mengunggah.`);
    },
    whole() {
      view.buttons.hidden = true;
    },
  };
  const work = () => sendInChunks(form, file, steps, steering);
  const alone = { signal: steering.signal };
  try {
    const id = await (navigator.locks ? navigator.locks.request(`unggah ${file.name} ${file.size}`, alone, work) : work());
    view.say("Berkas sudah kami terima. Anda boleh menutup halaman ini.");
    location.assign(`${form.action.replace(/\/$/, "")}/${id}`);
  } catch (error) {
    delete form.dataset.sending;
    view.buttons.hidden = true;
    if (!(error instanceof Cancelled || error.name === "AbortError")) {
      view.refuse(error.message);
      return;
    }
    view.bar.value = 0;
    view.words.textContent = "";
    view.say(`Unggahan dibatalkan. ${forgotten.get(error.forgotten) ?? ""}`);
  }
}

function sendWhole(form, view) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  const progress = progressOf(view, form.querySelector("input[type=file]").files[0].size);
  request.upload.onprogress = (event) => progress(Math.min(event.loaded, event.total));
  request.onload = () => {
    // The server answers 202 {"url": …}; anything else is a whole page of its own.
    if (request.getResponseHeader("Content-Type")?.startsWith("application/json") && request.status === 202) {
      location.assign(JSON.parse(request.responseText).url);
      return;
    }
    document.open();
    document.write(request.responseText);
    document.close();
  };
  request.onerror = () => {
    delete form.dataset.sending;
    view.refuse("Sambungan terputus. Berkas Anda masih terpilih, tekan Unggah untuk mencoba lagi.");
  };
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const progress = form.querySelector("[data-progress]");
  const refusal = form.querySelector("[data-refusal]");
  const view = {
    bar: progress.querySelector("progress"),
    words: progress.querySelector("[data-words]"),
    aloud: progress.querySelector("[data-aloud]"),
    buttons: progress.querySelector("[data-steering]"),
    say(words) {
      progress.querySelector("[data-line]").textContent = words;
    },
    refuse(words) {
      refusal.textContent = words;
      refusal.hidden = words === "";
    },
  };
  const check = prechecker(form);
  const steer = buttonsOf(view.buttons, view.say);
  input.addEventListener("change", async () => {
    const file = input.files[0];
    const words = await check(file);
    if (input.files[0] === file) view.refuse(words);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    const words = await check(input.files[0]);
    view.refuse(words);
    if (words) {
      delete form.dataset.sending;
      input.focus();
      return;
    }
    view.say("");
    progress.hidden = false;
    if (canResume()) sendResumable(form, input.files[0], view, steer());
    else sendWhole(form, view);
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("di-atas");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("di-atas"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("di-atas");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
      form.requestSubmit();
    }
  });
}
