/** The keys of keyboards, headsets and lock screens, and what these show. */

import type { Player } from "./player";

const STEP_S = 10;

export function sessionBind(player: Player): void {
  const session = navigator.mediaSession;
  if (!session) return;
  const { stage, setup } = player;
  const on = (action: MediaSessionAction, act: MediaSessionActionHandler): void => {
    try {
      session.setActionHandler(action, act);
    } catch {
      // this browser does not know the key
    }
  };
  on("play", () => void player.play());
  on("pause", () => player.video.pause());
  on("stop", () => player.video.pause());
  on("seekbackward", ({ seekOffset }) => player.seekBy(-(seekOffset ?? STEP_S)));
  on("seekforward", ({ seekOffset }) => player.seekBy(seekOffset ?? STEP_S));
  on("seekto", ({ seekTime }) => player.seek(seekTime ?? 0));
  if (setup.next) on("nexttrack", () => player.dispatchEvent(new Event("next")));
  if (setup.previousUrl) on("previoustrack", () => player.dispatchEvent(new Event("previous")));

  const tell = (): void => {
    session.playbackState = player.video.paused ? "paused" : "playing";
    const { durationS, video } = player;
    if (!durationS || !Number.isFinite(durationS)) return;
    session.setPositionState?.({
      duration: durationS,
      playbackRate: video.playbackRate || 1,
      position: Math.min(video.currentTime, durationS),
    });
  };
  stage.addEventListener("playing", () => {
    const { posterUrl } = player.source.playback;
    session.metadata = new MediaMetadata({
      title: setup.title,
      artist: setup.channel,
      artwork: posterUrl ? [{ src: player.source.resolve(posterUrl) }] : [],
    });
    tell();
  });
  for (const name of ["pause", "seeked", "ratechange", "ended"]) stage.addEventListener(name, tell);
}
