// Shows the five answers of precheck.js in a form's own list (templates/components/_jatuh.html).
import { inspect, sentence } from "./precheck.js";

const tenths = (seconds) => (seconds < 0.1 ? "kurang dari 0,1" : seconds.toFixed(1).replace(".", ","));

// Returns check(file): shows the answers and gives the refusing sentence, or "" where nothing hinders sending.
export function prechecker(form) {
  const told = JSON.parse(form.querySelector("#prapemeriksaan").textContent);
  const box = form.querySelector("[data-checks]");
  const rows = [...box.querySelectorAll("li")];
  const marks = Object.fromEntries(
    [...box.querySelectorAll("template")].map((one) => [one.dataset.mark, one.content.firstElementChild]),
  );

  function show(answers, seconds) {
    rows.forEach((row, place) => {
      const { passed, note, code } = answers[place];
      row.firstElementChild.replaceWith(marks[String(passed)].cloneNode(true));
      row.lastElementChild.textContent = code ? "tidak sesuai" : note;
    });
    const passed = answers.filter((answer) => answer.passed).length;
    box.querySelector("[data-checks-title]").textContent = `Pemeriksaan awal: lolos ${passed} dari ${rows.length}`;
    box.querySelector("[data-checks-time]").textContent =
      `Diperiksa di komputer Anda sebelum dikirim, ${tenths(seconds)} detik`;
    box.hidden = false;
  }

  return async function check(file) {
    if (!file) {
      box.hidden = true;
      return "Pilih berkas ADK (.zip) dulu.";
    }
    const started = performance.now();
    let answers;
    try {
      answers = await inspect(file, told);
    } catch {
      // A file that this browser cannot read is the server's to judge.
      box.hidden = true;
      return "";
    }
    show(answers, (performance.now() - started) / 1000);
    const refused = answers.find((answer) => answer.passed === false);
    return refused ? `${sentence(told, refused)} Berkas belum dikirim; pilih berkas lain.` : "";
  };
}
