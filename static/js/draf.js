// Keeps what is typed in <form data-draf="/draf-url">: to the server after a pause, and in this browser until
// the server has it. Without this script the button "Simpan draf" does the same.
const PAUSE = 5000;
const AGAIN = 10000;
const FIELDS = ["location", "reason", "text", "message", "version"];
const LOST = "Sambungan terputus. Yang Anda ketik tersimpan di peramban ini, kami coba lagi tiap 10 detik.";

// The browser may refuse its store (private windows, full disk); then only the server keeps drafts.
const store = {
  get: (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value));
      else localStorage.removeItem(key);
    } catch {
      /* nothing is lost that the page itself still shows */
    }
  },
};

function watch(form) {
  const key = `draf:${form.dataset.drafKunci}`;
  const stamp = form.querySelector("[data-draf-kabar]");
  let timer = 0;
  let rounds = 0;
  let dirty = false;
  let leaving = false;

  const typed = () => {
    const sent = new FormData(form);
    return Object.fromEntries(FIELDS.map((name) => [name, sent.get(name) ?? ""]));
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  function restore() {
    const kept = store.get(key);
    if (!kept) return;
    const written = Number(form.dataset.drafMilik) > Number(kept.version);
    const shown = typed();
    const nothing = !kept.text.trim() && !kept.message.trim();
    const same = nothing || (kept.text === shown.text && kept.message === shown.message);
    if (same || (kept.sent && written)) {
      store.set(key, null);
      return;
    }
    for (const name of FIELDS) {
      if (name === "location") {
        for (const choice of form.querySelectorAll("[name=location]")) choice.checked = choice.value === kept.location;
      } else form.elements[name].value = kept[name];
    }
    dirty = true;
    later(0);
  }

  async function save() {
    if (!dirty) return;
    const round = rounds;
    const body = new FormData();
    for (const [name, value] of Object.entries(typed())) body.append(name, value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.draf, {
        method: "POST", body, keepalive: true, credentials: "same-origin", headers: { Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const told = await answer.json();
      if (stamp) stamp.textContent = told.saved;
      if (round === rounds) {
        dirty = false;
        store.set(key, null);
      } else later(PAUSE);
    } catch {
      if (leaving) return;
      if (stamp) stamp.textContent = LOST;
      later(AGAIN);
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    rounds += 1;
    store.set(key, typed());
    if (!dirty) later(PAUSE);
    dirty = true;
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    leaving = true;
    if (event.submitter && "drafBuang" in event.submitter.dataset) store.set(key, null);
    else if (store.get(key)) store.set(key, { ...typed(), sent: true });
    dirty = false;
  });
  // A closed tab, a locked phone: what is typed goes out before the page does.
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("pagehide", () => {
    leaving = true;
    save();
  });
  restore();
}

for (const form of document.querySelectorAll("form[data-draf]")) watch(form);
