/** Systems without Japanese glyphs get ours; a title or a comment in Japanese may be on any page. */

import fontsUrl from "../styles/fonts_ja.css?url";

const SIZE_PX = 24;
const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;

/** What a system without the glyph draws is the same for every glyph that it lacks. */
function drawn(canvas: OffscreenCanvasRenderingContext2D, glyph: string): string {
  canvas.clearRect(0, 0, SIZE_PX, SIZE_PX);
  canvas.fillText(glyph, 0, SIZE_PX - 4);
  return canvas.getImageData(0, 0, SIZE_PX, SIZE_PX).data.join();
}

function japaneseKnown(): boolean {
  const canvas = new OffscreenCanvas(SIZE_PX, SIZE_PX).getContext("2d", { willReadFrequently: true });
  if (!canvas) return true;
  canvas.font = `${SIZE_PX - 4}px sans-serif`;
  return drawn(canvas, "\u65e5") !== drawn(canvas, "\u8a9e");
}

/** The foot names Japanese on every page, in glyphs of its own. */
function japaneseShown(): boolean {
  const shown = document.querySelectorAll("main, .masthead");
  return [...shown].some((part) => JAPANESE.test(part.textContent ?? ""));
}

/** Look once the page has loaded, and as more comes to it: nothing of it waits for this. */
export function glyphsBind(): void {
  if (document.documentElement.lang === "ja") return; // such a page brings them along
  const look = (): void => {
    if (!japaneseShown()) return;
    document.removeEventListener("htmx:afterSettle", look);
    if (!japaneseKnown()) fontsAdd();
  };
  document.addEventListener("htmx:afterSettle", look);
  addEventListener("load", look);
}

function fontsAdd(): void {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = fontsUrl;
  document.head.append(link);
}
