/** What is remembered for this visit only; nothing where the browser forbids it, as in a frame on another site. */

export function visitRead(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function visitKeep(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // full or forbidden
  }
}

export function visitForget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // forbidden: there is nothing to forget
  }
}
