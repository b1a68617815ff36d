// Uploads a Blob or File from a web page, part by part, and goes on where an earlier try ended.
//
//   import { upload } from './upload.js';
//   const view = await upload({
//     api: 'https://sluice.example.org', token, project: 'demo', dataset: 'handbook',
//     version: 'v1', path: 'docs/billing.pdf', blob: input.files[0],
//   });
//
// Nothing is kept in the browser: what the store has of a file is asked from the service, so a
// reload, another tab or another machine goes on with the same call. Bytes go straight to the
// object store. See README.md beside this file for what servers must allow.

import { sha256 } from './sha256.js';

const ROOT = '/api/v1/uploads';
const PARTS_AT_ONCE = 3;
const TRIES = 5;

/** What the service refused, as its problem+json says it. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || `answered ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * Sends the blob; the promise ends with the upload as the service shows it, completed or ignored.
 *
 * @param {object} wanted api, token, project, dataset, version, path, blob; optional: onPart, told
 *   {partNumber, size, partsDone, partCount} after each part, and signal, an AbortSignal
 */
export async function upload(wanted) {
  const call = caller(wanted);
  const file = {
    project: wanted.project,
    dataset: wanted.dataset,
    version: wanted.version,
    path: wanted.path,
    size: wanted.blob.size,
    sha256: await sha256(wanted.blob, wanted.signal),
  };
  // get_chunks: what is there already?
  const known = await call('GET', `${ROOT}/chunks?${new URLSearchParams(file)}`);
  if (known.done && known.uploadId) return call('GET', `${ROOT}/${known.uploadId}`);
  if (known.state === 'verifying') return ended(call, known.uploadId, wanted.signal);
  // new_multipart, unless an upload of this file is open
  const open = known.state === 'open' ? known : await call('POST', ROOT, file);
  if (open.state !== 'open') return ended(call, open.uploadId, wanted.signal);

  const there = new Set((known.state === 'open' ? known.chunks : []).map((c) => c.partNumber));
  const missing = [];
  for (let n = 1; n <= open.partCount; n++) if (!there.has(n)) missing.push(n);
  const progress = { done: there.size, count: open.partCount };
  const lanes = Array.from({ length: PARTS_AT_ONCE }, async () => {
    for (let n = missing.shift(); n !== undefined; n = missing.shift()) {
      await sendPart(call, wanted, open, n, progress);
    }
  });
  await Promise.all(lanes);
  // complete_multipart; then the service reads the file back
  await call('POST', `${ROOT}/${open.uploadId}/complete`);
  return ended(call, open.uploadId, wanted.signal);
}

/** One part: a fresh address for every try, since an address is short-lived. */
async function sendPart(call, wanted, open, partNumber, progress) {
  const from = (partNumber - 1) * open.partSize;
  const slice = wanted.blob.slice(from, Math.min(wanted.blob.size, from + open.partSize));
  const etag = await retried(wanted.signal, async () => {
    // get_multipart_url
    const { urls } = await call('POST', `${ROOT}/${open.uploadId}/urls`, {
      partNumbers: [partNumber],
    });
    if (!urls[0].url) return null;
    const stored = await fetch(urls[0].url, {
      method: 'PUT',
      headers: urls[0].headers || {},
      body: slice,
      signal: wanted.signal,
    });
    if (!stored.ok) throw new Refused(stored.status, { detail: `the store said ${stored.status}` });
    return stored.headers.get('ETag');
  });
  if (etag) {
    // update_chunk
    await call('PUT', `${ROOT}/${open.uploadId}/chunks`, {
      chunks: [{ partNumber, etag, size: slice.size }],
    });
  }
  progress.done++;
  wanted.onPart?.({
    partNumber,
    size: slice.size,
    partsDone: progress.done,
    partCount: progress.count,
  });
}

/** Waits until the service has read the file back. */
async function ended(call, uploadId, signal) {
  for (;;) {
    const view = await call('GET', `${ROOT}/${uploadId}`);
    if (view.state === 'completed' || view.state === 'ignored') return view;
    if (view.state !== 'verifying') {
      throw new Refused(409, { detail: `the upload is ${view.state}: ${view.reason || ''}` });
    }
    await pause(250, signal);
  }
}

/** JSON requests with the token; what may go away by itself is asked again. */
function caller({ api, token, signal }) {
  return (method, path, body) =>
    retried(signal, async () => {
      const answer = await fetch(api + path, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      });
      const text = await answer.text();
      const json = text ? JSON.parse(text) : null;
      if (!answer.ok) throw new Refused(answer.status, json || {});
      return json;
    });
}

/** Tries again, each time after twice the pause, unless trying again cannot help. */
async function retried(signal, step) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (failure) {
      const final =
        signal?.aborted ||
        attempt === TRIES ||
        (failure instanceof Refused && failure.status < 500 && failure.status !== 429);
      if (final) throw failure;
      await pause(200 * 2 ** attempt * (0.5 + Math.random()), signal);
    }
  }
}

function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
