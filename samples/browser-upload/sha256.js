// SHA-256 of a Blob of any size, slice by slice: the browser's own digest wants it all at once.

const SLICE = 4 << 20;
const K = new Uint32Array(64);
const START = new Uint32Array(8);

// The constants are the first 32 bits of the fractions of cube and square roots of the primes.
for (let candidate = 2, found = 0; found < 64; candidate++) {
  let prime = true;
  for (let d = 2; d * d <= candidate; d++) if (candidate % d === 0) prime = false;
  if (!prime) continue;
  if (found < 8) START[found] = (Math.sqrt(candidate) % 1) * 2 ** 32;
  K[found++] = (Math.cbrt(candidate) % 1) * 2 ** 32;
}

/** The digest as 64 lower-case hex digits. */
export async function sha256(blob, signal) {
  const state = START.slice();
  const words = new Uint32Array(64);
  for (let from = 0; from + 64 <= blob.size; from += SLICE) {
    signal?.throwIfAborted();
    const until = Math.min(from + SLICE, blob.size - (blob.size % 64));
    const view = new DataView(await blob.slice(from, until).arrayBuffer());
    for (let at = 0; at < view.byteLength; at += 64) block(state, words, view, at);
  }
  const rest = blob.size % 64;
  const last = new Uint8Array(rest < 56 ? 64 : 128);
  last.set(new Uint8Array(await blob.slice(blob.size - rest).arrayBuffer()));
  last[rest] = 0x80;
  const view = new DataView(last.buffer);
  view.setUint32(last.length - 8, Math.floor(blob.size / 2 ** 29));
  view.setUint32(last.length - 4, (blob.size * 8) >>> 0);
  for (let at = 0; at < last.length; at += 64) block(state, words, view, at);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function block(state, w, view, at) {
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}
