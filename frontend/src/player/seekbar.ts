/** The seek bar: played, buffered, not yet encoded, chapters, and a picture of where one would land. */

import type { Player } from "./player";
import { Storyboard } from "./storyboard";
import { clock, fill } from "./words";

export function seekbarBind(player: Player): void {
  const bar = player.part("seek");
  const { stage, setup } = player;
  const chapters = setup.chapters;
  let wishS = -1;

  const share = (seconds: number): string =>
    `${Math.min(100, (100 * seconds) / (player.durationS || 1))}%`;

  const paint = (): void => {
    const { video } = player;
    const atS = wishS >= 0 ? wishS : video.currentTime;
    bar.style.setProperty("--played", share(atS));
    bar.style.setProperty("--buffered", share(bufferedEnd(video)));
    bar.style.setProperty("--edge", player.growing ? share(player.edgeS) : "100%");
    bar.setAttribute("aria-valuemax", String(Math.floor(player.durationS)));
    bar.setAttribute("aria-valuenow", String(Math.floor(atS)));
    const chapter = chapterAt(player, atS);
    const spoken = fill(setup.strings["timeOf"] ?? "", {
      time: clock(atS),
      duration: clock(player.lengthS),
    });
    bar.setAttribute("aria-valuetext", chapter ? `${spoken}, ${chapter}` : spoken);
    player.part("chapter").textContent = chapter;
  };
  for (const name of ["timeupdate", "progress", "seeking", "edge", "durationchange", "swapped"]) {
    stage.addEventListener(name, paint);
  }

  for (const { startMs } of chapters.slice(1)) {
    const mark = document.createElement("span");
    mark.className = "player__chapter-mark";
    mark.style.insetInlineStart = share(startMs / 1000);
    bar.append(mark);
  }

  const momentOf = (event: PointerEvent): number => {
    const box = bar.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * player.durationS;
  };
  previewBind(player, bar, momentOf);

  bar.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    bar.setPointerCapture(event.pointerId);
    wishS = momentOf(event);
    paint();
  });
  bar.addEventListener("pointermove", (event) => {
    if (wishS < 0) return;
    wishS = momentOf(event);
    paint();
  });
  const finish = (): void => {
    if (wishS < 0) return;
    player.seek(wishS);
    wishS = -1;
  };
  bar.addEventListener("pointerup", finish);
  bar.addEventListener("pointercancel", () => (wishS = -1));
  paint();
}

function bufferedEnd({ buffered, currentTime }: HTMLVideoElement): number {
  for (let index = 0; index < buffered.length; index++) {
    if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) >= currentTime) {
      return buffered.end(index);
    }
  }
  return 0;
}

/** Return the title of the chapter in which a moment lies, or nothing. */
function chapterAt(player: Player, atS: number): string {
  const passed = player.setup.chapters.filter(({ startMs }) => startMs <= atS * 1000 + 1);
  return passed[passed.length - 1]?.title ?? "";
}

function previewBind(
  player: Player,
  bar: HTMLElement,
  momentOf: (event: PointerEvent) => number,
): void {
  const box = player.part("preview");
  const picture = player.part("preview-picture");
  const words = player.part("preview-words");
  let storyboard: Storyboard | null = null;

  bar.addEventListener("pointerenter", () => {
    const { storyboardUrl } = player.source.playback;
    if (storyboardUrl && storyboard?.url !== storyboardUrl) {
      storyboard = new Storyboard(storyboardUrl);
    }
  });
  bar.addEventListener("pointermove", (event) => {
    const atS = momentOf(event);
    const chapter = chapterAt(player, atS);
    const missing = player.growing && atS > player.edgeS;
    words.textContent = [missing ? player.setup.strings["notYetShort"] : chapter, clock(atS)]
      .filter(Boolean)
      .join(" · ");
    box.hidden = false;
    picture.hidden = !storyboard?.paint(picture, atS);
    const { left, width } = bar.getBoundingClientRect();
    const half = box.offsetWidth / 2;
    const x = Math.max(half, Math.min(width - half, event.clientX - left));
    box.style.left = `${x}px`;
  });
  bar.addEventListener("pointerleave", () => (box.hidden = true));
}
