/** Numbers as people read them, and our words with their gaps filled. */

/** Return `1:02:03` or `2:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
}

/** Fill `%(name)s` gaps, as gettext writes them. */
export function fill(text: string, gaps: Record<string, string | number>): string {
  return text.replace(/%\((\w+)\)s/g, (_all, name: string) => String(gaps[name] ?? ""));
}
