/** Sizes and times left, in the page's language. */

const language = document.documentElement.lang || "en";
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

export function size(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

/** Return about how long, in one unit, with the words of the page. */
export function left(seconds: number, strings: Record<string, string>): string {
  const [name, each] = seconds < 90 ? ["seconds", 1] : seconds < 5400 ? ["minutes", 60] : ["hours", 3600];
  const count = Math.max(1, Math.round(seconds / Number(each)));
  return (strings[String(name)] ?? "").replace("%(count)s", String(count));
}
