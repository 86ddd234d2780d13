// Checks a chosen ADK in the browser before one byte is sent: five answers, in the order of the server's gate.
// It decides only what names and headers show; where it cannot tell it says nothing and the server decides.
// `told` is the document of adk/formats/precheck.py: its sentences are the server's own.
import { kindOf } from "./kind.js";
import { Broken, firstBytes, members } from "./zip.js";

const STEM = "KPPN_(KP|KD|DK|TP|UB)([0-9]{3})([0-9]{2})([0-9]{6})(0[1-9]|1[0-2])";
const MEMBER = new RegExp(`^${STEM}\\.0([0-9]{2})$`, "i");
const TABLE = /^T_GL([0-9]{2})00\.DBF$/i;
const UPLOAD = new RegExp(`^${STEM}(?![0-9])[^]{0,40}\\.zip$`, "i");
const OTHERS = ["T_CTRL.DBF", "T_SAWAL.DBF"];
const ZIP_MARKS = [0x04034b50, 0x06054b50, 0x08074b50];
const DEVICE = /^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)/i;
const HEADER_MAX = 64 * 1024;
const ENCRYPTED = 0x01 | 0x40 | 0x2000;
const MB = 1024 * 1024;

const refuse = (code, params = {}) => ({ passed: false, code, params });
const pass = (note = "") => ({ passed: true, note });
const UNKNOWN = { passed: null, note: "diperiksa setelah terkirim" };

// The sentence of a finding, as the server's `render` makes it.
export function sentence(told, { code, params }) {
  const template = told.sentences[`${code}.${params.hal ?? ""}`] ?? told.sentences[code];
  const month = (name, value) =>
    code.startsWith("PERIODE") && ["isi", "pilih", "bulan_awal"].includes(name) ? told.months[value - 1] : value;
  return template.replace(/\{(\w+)\}/g, (_, name) => String(month(name, params[name])));
}

// Five answers {passed: true|false|null, note} or with {code, params}; after a refusal the rest stay null.
export async function inspect(file, told) {
  const state = { file, told };
  const answers = [];
  for (const check of [archive, contents, period, satker, table]) {
    const stopped = answers.some((answer) => answer.passed === false);
    answers.push(stopped ? { passed: null, note: "" } : await check(state));
  }
  return answers;
}

async function archive(state) {
  const { file, told } = state;
  if (file.size === 0) return refuse("UKURAN_NOL");
  if (file.size > told.limit) {
    const mb = (file.size / MB).toFixed(1).replace(".", ",");
    return refuse("TOLAK_UKURAN", { mb, batas: told.limit / MB });
  }
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  const mark = head.length < 4 ? 0 : new DataView(head.buffer).getUint32(0, true);
  if (!ZIP_MARKS.includes(mark)) {
    const kind = kindOf(head, told);
    return refuse("BUKAN_ZIP", kind ? { hal: "jenis", isi: kind } : {});
  }
  try {
    state.members = await members(file);
  } catch (error) {
    if (error instanceof Broken) return refuse("ARSIP_RUSAK", { hal: error.hal });
    throw error;
  }
  if (!state.members) return UNKNOWN;
  const count = state.members.length;
  if (count > told.members) return refuse("ARSIP_BERBAHAYA", { hal: "jumlah", jumlah: count, batas: told.members });
  if (state.members.some((one) => one.flags & ENCRYPTED || one.method === 99)) return refuse("ARSIP_TERENKRIPSI");
  return pass(`${count} berkas di dalam`);
}

function contents(state) {
  if (!state.members) return UNKNOWN;
  const seen = new Set();
  for (const { name } of state.members) {
    // Folders, links and odd characters have sentences of their own, which only the server tells apart.
    if (!/^[\w .()-]+$/.test(name) || DEVICE.test(name)) return UNKNOWN;
    const main = MEMBER.test(name) || TABLE.test(name);
    const role = main ? "main" : name.toUpperCase();
    if (!main && !OTHERS.includes(role)) return refuse("ISI_TIDAK_SESUAI", { hal: "asing", nama: name });
    if (seen.has(role)) return refuse("ISI_TIDAK_SESUAI", { hal: "ganda", nama: name });
    seen.add(role);
    if (main) state.main = state.members.find((one) => one.name === name);
  }
  const th = String(state.told.expected.year % 100).padStart(2, "0");
  if (!state.main) return refuse("ISI_TIDAK_SESUAI", { hal: "utama", th });
  state.identity = identity(state.main.name, state.file.name);
  return state.identity ? pass(state.main.name) : refuse("ISI_TIDAK_SESUAI", { hal: "nama", nama: state.file.name });
}

function identity(member, upload) {
  const own = MEMBER.exec(member);
  const parts = own ?? UPLOAD.exec(upload.trim());
  if (!parts) return null;
  const year = 2000 + Number((own ?? TABLE.exec(member)).at(-1));
  const [, kewenangan, ba, es1, code, month] = parts;
  return { kewenangan: kewenangan.toUpperCase(), ba, es1, satker: code, month: Number(month), year };
}

async function period({ file, identity: found, told, members: all }) {
  if (!found) return UNKNOWN;
  const { year, month, first_month: first } = told.expected;
  if (Math.min(found.month, month) < first) {
    return refuse("PERIODE_TIDAK_DIPERKENANKAN", { isi: found.month, bulan_awal: first });
  }
  if (found.month !== month) {
    const bb = String(month).padStart(2, "0");
    return refuse("PERIODE", { hal: "nama", isi: found.month, pilih: month, bb });
  }
  if (found.year !== year) return refuse("TAHUN", { hal: "nama", isi: found.year, pilih: year });
  return (await singleMonth(file, all))
    ? refuse("BUKAN_KUMULATIF", { bb: String(month).padStart(2, "0") })
    : pass("sama dengan periode pilihan");
}

function satker({ identity: found, told }) {
  if (!found) return UNKNOWN;
  for (const part of ["satker", "ba", "es1", "kewenangan"]) {
    const wanted = told.expected[part];
    if (found[part] !== wanted) return refuse("KODE_SATKER", { hal: part, isi: found[part], akun: wanted });
  }
  return pass("sama dengan akun Anda");
}

async function table({ file, main, told }) {
  const head = main && (await firstBytes(file, main, Math.min(main.size, HEADER_MAX)));
  if (!head) return UNKNOWN;
  if (head.length < 33 || ![0x30, 0x03].includes(head[0])) {
    const version = head.length ? `versi 0x${head[0].toString(16).toUpperCase().padStart(2, "0")}` : "kosong";
    return refuse("STRUKTUR_DBF", { hal: "versi", isi: kindOf(head, told) ?? version });
  }
  const shape = shapeOf(head);
  if (!shape) return UNKNOWN;
  const { rows, header, width, summed } = shape;
  if (summed !== width) return refuse("STRUKTUR_DBF", { hal: "panjang", header: width, hitung: summed });
  const over = main.size - header - rows * width;
  if (over < 0 || over > 1) {
    return refuse("HEADER_BARIS", { header: rows, hitung: Math.floor((main.size - header) / width) });
  }
  return pass(`${rows} baris`);
}

// What a DBF header announces: rows, header and row length, and the length its fields sum to; null when unclear.
function shapeOf(head) {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [rows, header, width] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  if (head[28] & 0x02 || header > head.length || width === 0) return null;
  const fields = [];
  let at = 32;
  while (at + 32 < header && head[at] !== 0x0d) {
    const name = new TextDecoder("latin1").decode(head.subarray(at, at + 11)).split("\0")[0].toUpperCase();
    fields.push({ name, width: head[at + 16] });
    at += 32;
  }
  if (head[at] !== 0x0d) return null;
  const summed = fields.reduce((total, field) => total + field.width, 1);
  return { rows, header, width, summed, fields };
}

// Whether the control table says outright that the send is of one month.
async function singleMonth(file, all) {
  const control = all.find((one) => one.name.toUpperCase() === "T_CTRL.DBF");
  const bytes = control && (await firstBytes(file, control, Math.min(control.size, HEADER_MAX)));
  const shape = bytes && bytes.length > 32 && shapeOf(bytes);
  if (!shape || shape.rows !== 1) return false;
  let at = shape.header + 1;
  for (const field of shape.fields) {
    if (field.name === "KUMULATIF") {
      const said = new TextDecoder("latin1").decode(bytes.subarray(at, at + field.width)).trim();
      return bytes[shape.header] === 0x20 && said !== "Y";
    }
    at += field.width;
  }
  return false;
}
