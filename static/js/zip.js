// Reads a zip's list of members and the first bytes of a member, without reading the whole file.
// `Broken.hal` names the reason as the server's catalogue does (ARSIP_RUSAK.terpotong, ARSIP_RUSAK.direktori).
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const COMMENT_MAX = 0xffff;
const DIRECTORY_MAX = 64 * 1024;

export class Broken extends Error {
  constructor(hal) {
    super(hal);
    this.hal = hal;
  }
}

const view = async (blob) => new DataView(await blob.arrayBuffer());

function endOf(tail) {
  for (let at = tail.byteLength - 22; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === END && at + 22 + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  throw new Broken("terpotong");
}

// The members {name, flags, method, packed, size, offset}; null where only the server can tell (zip64).
export async function members(file) {
  const start = Math.max(0, file.size - 22 - COMMENT_MAX);
  const tail = await view(file.slice(start));
  const end = endOf(tail);
  const count = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  const wide = end >= 20 && tail.getUint32(end - 20, true) === 0x07064b50;
  if (wide || count === 0xffff || size === 0xffffffff || offset === 0xffffffff) return null;
  if (offset + size !== start + end) throw new Broken("direktori");
  if (size > DIRECTORY_MAX) return null;
  return entries(await view(file.slice(offset, offset + size)), count);
}

function entries(directory, count) {
  const found = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== CENTRAL) throw new Broken("direktori");
    const [name, extra, comment] = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    const after = at + 46 + name + extra + comment;
    if (after > directory.byteLength) throw new Broken("direktori");
    found.push({
      name: new TextDecoder("latin1").decode(new Uint8Array(directory.buffer, at + 46, name)),
      flags: directory.getUint16(at + 8, true),
      method: directory.getUint16(at + 10, true),
      packed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      offset: directory.getUint32(at + 42, true),
    });
    at = after;
  }
  if (at !== directory.byteLength) throw new Broken("direktori");
  return found;
}

// The first `wanted` bytes of a member; null where this browser cannot inflate or the bytes are not as told.
export async function firstBytes(file, member, wanted) {
  const local = await view(file.slice(member.offset, member.offset + 30));
  if (local.byteLength < 30) return null;
  const start = member.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = file.slice(start, start + member.packed);
  if (member.method === 0) return new Uint8Array(await packed.slice(0, wanted).arrayBuffer());
  if (member.method !== 8 || typeof DecompressionStream === "undefined") return null;
  try {
    return await inflated(packed, wanted);
  } catch {
    return null;
  }
}

async function inflated(packed, wanted) {
  const reader = packed.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const found = new Uint8Array(wanted);
  let filled = 0;
  while (filled < wanted) {
    const { done, value } = await reader.read();
    if (done) break;
    const piece = value.subarray(0, wanted - filled);
    found.set(piece, filled);
    filled += piece.length;
  }
  await reader.cancel().catch(() => {});
  return found.subarray(0, filled);
}
