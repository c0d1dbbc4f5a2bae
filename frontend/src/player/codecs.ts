/** Whether AV1, which takes fewer bytes, does this device good: not where it drains a phone. */

const LIKE_FULL_HD: MediaDecodingConfiguration = {
  type: "media-source",
  video: {
    contentType: 'video/mp4; codecs="av01.0.08M.10"',
    width: 1920,
    height: 1080,
    bitrate: 3_000_000,
    framerate: 30,
  },
};

/** Return whether AV1 plays smoothly here, and on a phone with a chip for it. */
export async function av1Suits(): Promise<boolean> {
  const info = await navigator.mediaCapabilities?.decodingInfo(LIKE_FULL_HD).catch(() => null);
  if (!info?.supported || !info.smooth) return false;
  return info.powerEfficient || !matchMedia("(pointer: coarse)").matches;
}
