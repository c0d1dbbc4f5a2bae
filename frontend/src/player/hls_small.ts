/** The two functions that hls.js takes from outside packages, at their smallest. */

/** Return a random name for a session. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the text of UTF-8 bytes, up to the first null where asked. */
export function utf8ArrayToStr(array: Uint8Array, exitOnNull = false): string {
  const end = exitOnNull ? array.indexOf(0) : -1;
  return new TextDecoder().decode(end < 0 ? array : array.subarray(0, end));
}
