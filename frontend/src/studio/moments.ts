/** Moments as people write them. */

/** Return seconds for `83`, `1:23` or `0:01:23.4`; NaN for anything else. */
export function momentS(text: string): number {
  const clean = text.trim().replace(",", ".");
  if (!/^(\d{1,3}:){0,2}\d{1,6}(\.\d{1,3})?$/.test(clean)) return Number.NaN;
  return clean.split(":").reduce((total, part) => total * 60 + Number(part), 0);
}

/** Return `1:23.4` or `1:00:02`, as short as it is exact to *digits* after the point. */
export function momentText(atS: number, digits = 1): string {
  const scale = 10 ** digits;
  const whole = Math.max(0, Math.round(atS * scale));
  const rest = whole % scale;
  const seconds = Math.floor(whole / scale);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  const head = hours ? `${hours}:${two(minutes)}` : String(minutes);
  const tail = rest ? `.${String(rest).padStart(digits, "0")}`.replace(/0+$/, "") : "";
  return `${head}:${two(seconds % 60)}${tail}`;
}

/** The video that plays beside what is edited. */
export function videoBeside(): HTMLVideoElement | null {
  return document.querySelector<HTMLVideoElement>("[data-player] video");
}

/** Play the video beside from a moment on. */
export function playFrom(atS: number): void {
  const video = videoBeside();
  if (!video || Number.isNaN(atS)) return;
  video.currentTime = atS;
  void video.play().catch(() => undefined);
}

/** Tell *show* where the video beside is, now and as it goes on. */
export function follow(show: (atS: number) => void): void {
  const video = videoBeside();
  if (!video) return;
  for (const name of ["timeupdate", "seeking"]) {
    video.addEventListener(name, () => show(video.currentTime));
  }
  show(video.currentTime);
}
