// Upload with a check before sending and progress in words; without this module the same form posts by itself.
// <form data-upload> with an input[type=file], a [data-progress] block holding a
// <progress> and an element [data-words] (role=status), and an [data-refusal] element (role=alert).
import { prechecker } from "./prechecklist.js";

const MB = 1024 * 1024;
const tenths = (bytes) => (bytes / MB).toFixed(1).replace(".", ",");

function send(form, view) {
  const request = new XMLHttpRequest();
  const started = Date.now();
  let announced = -1;
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    const rate = event.loaded / Math.max((Date.now() - started) / 1000, 0.2);
    const left = Math.ceil((event.total - event.loaded) / rate);
    view.bar.value = percent;
    view.words.textContent =
      `${tenths(event.loaded)} dari ${tenths(event.total)} MB · ${Math.round(rate / 1024)} KB/detik · kira-kira ${left} detik lagi`;
    const quarter = Math.floor(percent / 25);
    if (quarter > announced) {
      announced = quarter;
      view.aloud.textContent = `Unggahan ${quarter * 25} persen`;
    }
  };
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
    send(form, view);
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
