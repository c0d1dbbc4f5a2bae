/** What all pictures have in common: colours of the theme, size of the box, words at the pointer. */

import uPlot from "uplot";

const DARK = matchMedia("(prefers-color-scheme: dark)");

export interface Ink {
  ink: string;
  soft: string;
  rule: string;
  accent: string;
  font: string;
}

/** Return the theme's colours as a canvas understands them. */
function inkRead(box: HTMLElement): Ink {
  const probe = document.createElement("span");
  box.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    ink: colour("--ink"),
    soft: colour("--ink-soft"),
    rule: colour("--rule"),
    accent: colour("--accent"),
    font: `12px ${getComputedStyle(box).fontFamily}`,
  };
  probe.remove();
  return found;
}

/** Draw in *box* what *make* says, again whenever its size or the theme changes. */
export function drawn(
  box: HTMLElement,
  data: uPlot.AlignedData,
  make: (ink: Ink) => Omit<uPlot.Options, "width" | "height">,
): void {
  let plot: uPlot | null = null;
  const place = document.createElement("div");
  box.prepend(place);
  const height = box.clientHeight;
  const draw = (): void => {
    plot?.destroy();
    plot = new uPlot({ ...make(inkRead(box)), width: box.clientWidth, height }, data, place);
  };
  new ResizeObserver(() => plot?.setSize({ width: box.clientWidth, height })).observe(box);
  DARK.addEventListener("change", draw);
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  draw();
}

/** Return what writes *words* of the point under the pointer into a corner of *box*. */
export function saying(box: HTMLElement, words: (at: number) => string): uPlot.Plugin {
  const said = document.createElement("p");
  said.className = "chart__said";
  box.append(said);
  return {
    hooks: {
      setCursor: (plot) => {
        const at = plot.cursor.idx;
        said.textContent = at === null || at === undefined ? "" : words(at);
      },
    },
  };
}

/** Return the two axes: a quiet ground, and a scale that begins at zero. */
export function axes(ink: Ink, below: uPlot.Axis, beside: uPlot.Axis): uPlot.Axis[] {
  const common: uPlot.Axis = {
    stroke: ink.soft,
    font: ink.font,
    ticks: { show: false },
    grid: { stroke: ink.rule, width: 1 },
  };
  return [
    { ...common, grid: { show: false }, ...below },
    { ...common, size: 48, ...beside },
  ];
}
