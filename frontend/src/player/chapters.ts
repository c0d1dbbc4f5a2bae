/** Every link on the page that names a moment of this video plays from there instead of loading. */

import type { Player } from "./player";

export function chaptersBind(player: Player): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as HTMLElement).closest<HTMLElement>("[data-seek]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    player.seek(Number(link.dataset["seek"]));
    void player.play();
    player.root.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });

  const links = Array.from(document.querySelectorAll<HTMLElement>(".chapters [data-seek]"));
  if (!links.length) return;
  player.stage.addEventListener("timeupdate", () => {
    const at = player.video.currentTime + 0.01;
    const passed = links.filter((link) => Number(link.dataset["seek"]) <= at);
    for (const link of links) {
      if (link === passed[passed.length - 1]) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  });
}
