// Upload with a check before sending and progress in words; without this module the same form posts by itself.
// <form data-upload data-chunks="/api/v1/adk/chunks/"> with the parts of templates/components/_jatuh.html: a
// [data-progress] block holding a <progress>, [data-words], [data-aloud] and [data-line], and a [data-refusal].
import { prechecker } from "./prechecklist.js";
import { canResume, sendInChunks } from "./resumable.js";

const MB = 1024 * 1024;
const tenths = (bytes) => (bytes / MB).toFixed(1).replace(".", ",");

function progressOf(view, total) {
  const started = Date.now();
  let first = null;
  let announced = -1;
  return (loaded) => {
    first ??= loaded;
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

// One tab at a time sends: a second one with the same file waits, and then finds nothing left to send.
async function sendResumable(form, file, view) {
  const steps = {
    sent: progressOf(view, file.size),
    waiting(time) {
      view.line.textContent = `Sambungan putus pukul ${time}. Yang sudah terkirim aman; mencoba menyambung lagi.`;
    },
    resumed(time, bytes) {
      const before = time ? `Sambungan putus pukul ${time}, lalu dilanjutkan` : "Dilanjutkan";
      view.line.textContent = `${before} dari ${tenths(bytes)} MB. Tidak ada yang diulang.`;
    },
  };
  const work = () => sendInChunks(form, file, steps);
  try {
    const id = await (navigator.locks ? navigator.locks.request(`unggah ${file.name} ${file.size}`, work) : work());
    view.line.textContent = "Berkas sudah kami terima. Anda boleh menutup halaman ini.";
    location.assign(`${form.action.replace(/\/$/, "")}/${id}`);
  } catch (error) {
    delete form.dataset.sending;
    view.refuse(error.message);
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
    line: progress.querySelector("[data-line]"),
    refuse(words) {
      refusal.textContent = words;
      refusal.hidden = words === "";
    },
  };
  const check = prechecker(form);
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
    progress.hidden = false;
    if (canResume()) sendResumable(form, input.files[0], view);
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
