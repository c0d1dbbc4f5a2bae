/** How many were still watching, over the pictures of the video itself. */

import { Storyboard } from "../player/storyboard";
import { axes, drawn, saying } from "./drawing";
import { clock, language, type Numbers } from "./numbers";

const FRAMES = 10;
const FRAME_PX = 56;
const AXIS_PX = 48;

const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

export function chartRetention(box: HTMLElement, numbers: Numbers): void {
  const durationS = numbers.durationMs / 1000;
  const parts = numbers.retention;
  const moments = parts.map((_part, at) => ((at + 0.5) * durationS) / parts.length);
  const said = saying(box, (at) => {
    const share = percent.format(parts[at] ?? 0);
    return `${clock(moments[at] ?? 0)}: ${share} % ${numbers.strings["retention"] ?? ""}`;
  });
  drawn(box, [moments, parts], (ink) => ({
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: false, range: () => [0, durationS] }, y: { range: () => [0, 100] } },
    series: [{}, { stroke: ink.ink, fill: ink.rule, width: 2, points: { show: false } }],
    axes: axes(
      ink,
      { values: (_plot, ticks) => ticks.map(clock), space: 64 },
      { values: (_plot, ticks) => ticks.map((tick) => `${tick} %`), incrs: [25, 50] },
    ),
    plugins: [said],
  }));
  if (numbers.storyboardUrl) void strip(box, numbers.storyboardUrl, durationS);
}

/** Lay the video's own pictures under the curve, each below its moment. */
async function strip(box: HTMLElement, url: string, durationS: number): Promise<void> {
  const board = new Storyboard(url);
  await board.ready;
  const row = document.createElement("div");
  row.className = "chart__strip";
  row.setAttribute("aria-hidden", "true");
  row.style.marginInlineStart = `${AXIS_PX}px`;
  for (let at = 0; at < FRAMES; at++) {
    const frame = document.createElement("div");
    const picture = document.createElement("div");
    frame.className = "chart__frame";
    if (!board.paint(picture, ((at + 0.5) * durationS) / FRAMES)) return;
    const scale = FRAME_PX / Number.parseFloat(picture.style.height || "1");
    picture.style.transform = `scale(${scale}) translateX(-50%)`;
    frame.append(picture);
    row.append(frame);
  }
  box.after(row);
}
