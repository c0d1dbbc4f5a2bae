/** Systems without Japanese glyphs get ours; a title or a comment in Japanese may be on any page. */

import fontsUrl from "../styles/fonts_ja.css?url";

const SIZE_PX = 24;

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

/** Look once the page has loaded: nothing of it waits for this. */
export function glyphsBind(): void {
  if (document.documentElement.lang === "ja") return; // such a page brings them along
  window.addEventListener("load", () => {
    if (japaneseKnown()) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = fontsUrl;
    document.head.append(link);
  });
}
