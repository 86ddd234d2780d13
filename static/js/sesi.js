// Warns two minutes before the session ends, and keeps what was typed over the sign-in.
// <dialog data-sesi="/sesi" data-masuk="/masuk" data-detik="900" data-orang="7">: where to ask and to sign in, how
// long a session lives, who. What stands in [data-saat=diam] is shown before an idle end, which can be put off;
// [data-saat=batas] before the end of the longest session, which cannot.
const WARN = 120;
const AGAIN = 10;
const LOST = "Sambungan terputus. Yang Anda ketik tetap di halaman ini; coba lagi sebentar.";
const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button])";
const SECRET = "[data-pin], [autocomplete=one-time-code], [data-rahasia]";
const box = document.querySelector("dialog[data-sesi]");
const place = () => `ketikan:${box.dataset.orang}:${location.pathname}`;

function fields() {
  return [...document.querySelectorAll("form")].flatMap((form, at) =>
    [...form.querySelectorAll(KEPT)]
      .filter((one) => one.name && !one.closest(SECRET) && !form.closest("dialog[data-sesi]"))
      .map((one, nth) => [`${at}.${nth}.${one.name}.${one.value && one.type === "radio" ? one.value : ""}`, one]),
  );
}

const ticked = (one) => one.type === "checkbox" || one.type === "radio";
const changed = (one) =>
  ticked(one)
    ? one.checked !== one.defaultChecked
    : one.tagName === "SELECT"
      ? [...one.options].some((option) => option.selected !== option.defaultSelected)
      : one.value !== one.defaultValue;

function keepTyped() {
  const typed = fields().filter(([, one]) => changed(one));
  if (!typed.length) return;
  const kept = typed.map(([name, one]) => [name, ticked(one) ? one.checked : one.value]);
  sessionStorage.setItem(place(), JSON.stringify(kept));
}

function bringBack() {
  const kept = sessionStorage.getItem(place());
  sessionStorage.removeItem(place());
  if (!kept) return;
  const standing = new Map(fields());
  for (const [name, value] of JSON.parse(kept)) {
    const one = standing.get(name);
    if (!one) continue;
    if (ticked(one)) one.checked = value;
    else one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Of several tabs one may have been busy: the server alone knows how long the session still lives.
async function ask(method) {
  const headers = { "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value };
  if (method === "GET") headers["X-Live"] = "1";
  const answer = await fetch(box.dataset.sesi, { method, headers, credentials: "same-origin" });
  if (answer.redirected) return { left: 0, why: new URL(answer.url).searchParams.get("sebab") };
  if (answer.status === 403) return { left: 0 };
  if (!answer.ok) throw new Error(String(answer.status));
  return await answer.json();
}

function watch() {
  const rests = box.querySelectorAll("[data-sesi-sisa]");
  const line = box.querySelector("[data-sesi-sambungan]");
  const secondsLeft = () => Math.round((ends - Date.now()) / 1000);
  let ends = Date.now() + Number(box.dataset.detik) * 1000;
  let asked = 0;
  let asking = false;
  let understood = false;
  let leaving = false;

  // Another tab may have taken the reason along: whose own time is up needs nobody to tell him.
  const over = (why) => {
    // Once: a second way to the sign-in would break off the first, and on a slow line none would arrive.
    if (leaving) return;
    leaving = true;
    keepTyped();
    const here = location.pathname + location.search;
    const reason = why ?? (secondsLeft() <= 0 ? "lama" : "");
    location.assign(reason ? `${box.dataset.masuk}?${new URLSearchParams({ next: here, sebab: reason })}` : here);
  };
  const show = (state) => {
    for (const part of box.querySelectorAll("[data-saat]")) part.hidden = part.dataset.saat !== state;
    if (!box.open) box.showModal();
  };
  const take = ({ left, final, why }) => {
    if (left <= 0) {
      over(why);
      return;
    }
    ends = Date.now() + left * 1000;
    if (left > WARN) box.close();
    else if (!final) show("diam");
    else if (!understood) show("batas");
  };
  const exchange = async (method) => {
    if (asking) return;
    asking = true;
    asked = Date.now();
    try {
      take(await ask(method));
      line.textContent = "";
    } catch {
      // What is typed stays where it is; a later tick asks again.
      line.textContent = LOST;
    }
    asking = false;
  };
  setInterval(() => {
    const seconds = secondsLeft();
    if (seconds > WARN || leaving) return;
    for (const rest of rests) rest.textContent = `dalam ${Math.max(seconds, 0)} detik`;
    if (Date.now() - asked >= (seconds > 0 ? AGAIN : 1) * 1000) exchange("GET");
  }, 1000);
  // Who comes over from a tab where he stayed is not asked again.
  document.addEventListener("visibilitychange", () => !document.hidden && box.open && exchange("GET"));
  // Brought back from the browser's memory by its back button, the page asks anew.
  window.addEventListener("pageshow", (event) => event.persisted && (leaving = false));
  const stay = () => exchange("POST");
  const understand = () => {
    understood = true;
    box.close();
  };
  box.querySelector("[data-sesi-tetap]").addEventListener("click", stay);
  box.querySelector("[data-sesi-mengerti]").addEventListener("click", understand);
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (box.querySelector("[data-sesi-tetap]").hidden) understand();
    else stay();
  });
}

if (box) {
  bringBack();
  watch();
}
