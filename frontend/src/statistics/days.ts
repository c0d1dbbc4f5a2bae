/** Views and watch time by day: bars from an honest zero. */

import uPlot from "uplot";

import { axes, drawn, saying } from "./drawing";
import { language, type Numbers } from "./numbers";

const DAY_S = 86_400;
const FEW_HOURS = 1;
const BARS_MOST = 120;

const utc = { timeZone: "UTC" } as const;
const short = new Intl.DateTimeFormat(language, { ...utc, day: "numeric", month: "short" });
const long = new Intl.DateTimeFormat(language, { ...utc, dateStyle: "long" });
const count = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });

export function chartDays(box: HTMLElement, numbers: Numbers, key: "views" | "hours"): void {
  // A little time is drawn in minutes: 0.02 h says nothing to anybody.
  const few = key === "hours" && Math.max(0, ...numbers.hours) < FEW_HOURS;
  const values = few ? numbers.hours.map((hours) => hours * 60) : numbers[key];
  const name = numbers.strings[few ? "minutes" : key] ?? "";
  const unit = box.closest(".chart")?.querySelector(".chart__unit");
  if (few && unit) unit.textContent = numbers.strings["minutesDaily"] ?? name;
  const most = Math.max(1, ...values);
  const last = values.length - 1;
  // The day that is not over yet stands out: it still grows.
  const { running } = numbers;
  const over = values.map((value, at) => (running && at === last ? null : value));
  const today = values.map((value, at) => (running && at === last ? value : null));
  const said = saying(box, (at) => {
    const day = long.format(new Date((numbers.days[at] ?? 0) * 1000));
    const soFar = running && at === last ? ` (${numbers.strings["today"] ?? ""})` : "";
    return `${day}: ${count.format(values[at] ?? 0)} ${name}${soFar}`;
  });
  const bars = numbers.days.length <= BARS_MOST;
  const series = (colour: string): uPlot.Series => ({
    stroke: colour,
    fill: bars ? colour : undefined,
    width: bars ? 0 : 1.5,
    points: { show: false },
    ...(bars ? { paths: uPlot.paths.bars?.({ size: [0.72, 48] }) } : {}),
  });
  drawn(box, [numbers.days, bars ? over : values, today], (ink) => ({
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    scales: {
      x: { range: (_plot, from, to) => [from - DAY_S / 2, to + DAY_S / 2] },
      y: { range: () => [0, most * 1.08] },
    },
    series: [{}, series(ink.ink), series(ink.accent)],
    axes: axes(
      ink,
      { values: (_plot, ticks) => ticks.map((tick) => short.format(new Date(tick * 1000))), space: 64 },
      { values: (_plot, ticks) => ticks.map((tick) => compact.format(tick)), incrs: steps(most, key === "hours") },
    ),
    plugins: [said],
  }));
}

/** Return the steps of the scale; views come whole. */
function steps(most: number, parts: boolean): number[] {
  const fine = parts && most < 5 ? [0.1, 0.2, 0.5] : [];
  const powers = [0, 1, 2, 3, 4, 5, 6, 7].map((zeros) => 10 ** zeros);
  return [...fine, ...powers.flatMap((power) => [power, 2 * power, 5 * power])];
}
