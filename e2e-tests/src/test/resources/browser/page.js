// Sends a blob, stops itself after two parts, goes on, and tells the test what it saw.
import { upload } from '/module/upload.js';

const told = await (await fetch('/told.json')).json();
const bytes = new Uint8Array(told.size);
for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + (i >> 8)) & 255;
const result = { origin: location.origin, first: [], second: [] };
try {
  const blob = new Blob([bytes]);
  const stop = new AbortController();
  try {
    await upload({
      ...told, blob, signal: stop.signal,
      onPart: (part) => {
        result.first.push(part.partNumber);
        if (result.first.length === 2) stop.abort();
      },
    });
  } catch (stopped) {
    result.stopped = String(stopped);
  }
  result.view = await upload({
    ...told, blob,
    onPart: (part) => result.second.push(part.partNumber),
  });
  result.again = await upload({ ...told, blob, onPart: () => (result.sentAgain = true) });
} catch (failure) {
  result.failure = `${failure} ${failure.stack || ''}`;
}
await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
