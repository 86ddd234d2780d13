// Keeps one element fresh: <section data-live="/fragment/" data-busy="1">.
// The server answers 200 with the element's new inner HTML, 204 for "nothing new", and may send
// X-Live-State: busy | idle | done. Done stops the polling; `data-reload` then loads the page anew.
const SECONDS = { busy: 2, idle: 10, hidden: 60 };
const QUIET_AFTER = 5;

function watch(box) {
  const stamp = document.querySelector(`[data-live-stamp="${box.id}"]`) ?? document.querySelector("[data-live-stamp='']");
  let state = box.dataset.busy ? "busy" : "idle";
  let fresh = Date.now();
  let failures = 0;
  let timer = 0;

  const say = (words, silent = false) => {
    if (!stamp) return;
    stamp.textContent = words;
    stamp.classList.toggle("diam", silent);
  };
  const wait = () => {
    clearTimeout(timer);
    if (state === "done") return;
    const seconds = document.hidden ? SECONDS.hidden : SECONDS[state];
    timer = setTimeout(ask, seconds * 1000 * Math.min(2 ** failures, 8));
  };
  // What is under the pointer, focused or being written must not move.
  const held = () => box.matches(":hover:not([data-live-move])") || box.contains(document.activeElement);

  async function ask() {
    try {
      const answer = await fetch(box.dataset.live, { headers: { "X-Live": "1" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      failures = 0;
      fresh = Date.now();
      state = answer.headers.get("X-Live-State") ?? state;
      const html = answer.status === 204 ? null : await answer.text();
      if (state === "done" && "reload" in box.dataset) {
        location.reload();
        return;
      }
      if (html !== null && html !== box.innerHTML && !held()) box.innerHTML = html;
    } catch {
      failures += 1;
      if (failures >= QUIET_AFTER) {
        state = "done";
        say("Pembaruan langsung berhenti. Muat ulang untuk melihat yang terbaru.", true);
      }
    }
    wait();
  }

  setInterval(() => {
    if (state !== "done" && failures === 0) {
      say(`Diperbarui ${Math.round((Date.now() - fresh) / 1000)} detik lalu`);
    }
  }, 1000);
  document.addEventListener("visibilitychange", () => (document.hidden ? wait() : ask()));
  wait();
}

for (const box of document.querySelectorAll("[data-live]")) watch(box);
