/** Playing on another screen, where the browser has a way: AirPlay, or Remote Playback. */

import type { Player } from "./player";

interface AppleVideo extends HTMLVideoElement {
  webkitShowPlaybackTargetPicker?(): void;
}

export function remoteBind(player: Player): void {
  const button = player.part("remote");
  if (!button) return;
  const video = player.video as AppleVideo;
  // Only an address can be handed on: what scripts feed to an element stays on this machine.
  if (!video.canPlayType("application/vnd.apple.mpegurl")) return;
  const show = (there: boolean): void => void (button.hidden = !there);
  if (video.webkitShowPlaybackTargetPicker) {
    video.addEventListener("webkitplaybacktargetavailabilitychanged", (event) =>
      show((event as Event & { availability?: string }).availability === "available"),
    );
    video.setAttribute("x-webkit-airplay", "allow");
  } else if ("remote" in video) {
    video.remote.watchAvailability(show).catch(() => show(true));
  }
  button.addEventListener("click", () => void handOver(player));
}

/** Play by address from the moment reached, and ask the person where. */
async function handOver(player: Player): Promise<void> {
  const { stage, source } = player;
  const video = player.video as AppleVideo;
  const playing = !video.paused;
  video.disableRemotePlayback = false;
  stage.start(source.resolve(source.playback.masterUrl), video.currentTime, { native: true });
  if (playing) void player.play();
  if (video.webkitShowPlaybackTargetPicker) video.webkitShowPlaybackTargetPicker();
  else await video.remote.prompt().catch(() => undefined);
}
