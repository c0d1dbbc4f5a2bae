/** What the page hands to its pictures: the JSON block `#statistics`. */

export interface Numbers {
  /** Each day, as the Unix seconds at which it begins in UTC, whatever the site's zone. */
  days: number[];
  /** Whether the last day is not over yet. */
  running: boolean;
  views: number[];
  hours: number[];
  /** Percent of plays that saw each hundredth; empty where there were too few. */
  retention: number[];
  durationMs: number;
  storyboardUrl: string;
  strings: Record<string, string>;
}

export function numbersRead(): Numbers | null {
  const block = document.getElementById("statistics");
  return block?.textContent ? (JSON.parse(block.textContent) as Numbers) : null;
}

export const language = document.documentElement.lang || "en";

export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, at) => (at ? String(part).padStart(2, "0") : String(part))).join(":");
}
