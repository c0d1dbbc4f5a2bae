/** Uploads that were begun in this browser and are not finished, by the file they are of. */

import type { Begun } from "./setup";

const KEY = "antenne.uploads";
const MAX = 50;

export interface Kept {
  name: string;
  ticketUrl: string;
  cancelUrl: string;
  title: string;
}

function all(): Record<string, Kept> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, Kept>;
  } catch {
    return {};
  }
}

function write(kept: Record<string, Kept>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(Object.entries(kept).slice(-MAX))));
  } catch {
    // forbidden or full: then a reload begins anew
  }
}

/** Return what tells a file from another without reading it. */
export function fingerprint({ name, size, lastModified }: File): string {
  return `${name}|${size}|${lastModified}`;
}

export function kept(print: string): Kept | undefined {
  return all()[print];
}

export function keptAll(): [string, Kept][] {
  return Object.entries(all());
}

export function keep(print: string, name: string, begun: Begun): void {
  const { ticketUrl, cancelUrl, title } = begun;
  write({ ...all(), [print]: { name, ticketUrl, cancelUrl, title } });
}

export function forget(print: string): void {
  const { [print]: _gone, ...rest } = all();
  write(rest);
}
