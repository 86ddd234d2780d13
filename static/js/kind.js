// What a file is that should have been something else, by its first bytes: the words of adk/formats/kinds.py.
const SAMPLE = 64;
const between = (value, low, high) => value >= low && value <= high;
const printable = (byte) => byte >= 0x20 || [9, 10, 13].includes(byte);

// The kind in the server's words, or null when it is none of the well-known ones.
export function kindOf(bytes, told) {
  const head = bytes.subarray(0, SAMPLE);
  const hex = [...head].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const known = told.kinds.find(([beginning]) => hex.startsWith(beginning));
  if (known) return known[1];
  if (head.length > 32 && [0x03, 0x30].includes(head[0]) && between(head[2], 1, 12) && between(head[3], 1, 31)) {
    return "tabel DBF";
  }
  return head.length && head.every(printable) ? "teks" : null;
}
