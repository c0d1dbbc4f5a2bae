/** Two ways to play HLS: hls.js over Media Source Extensions, and the browser's own where MSE is missing. */

import Hls, { type Level } from "hls.js";

import { av1Suits } from "./codecs";
import { signedLoader } from "./loader";
import type { Source } from "./source";

const H264 = { videoCodec: "avc1" };
const FIRST_GUESS_BPS = 2_500_000;
const SAVER_SHORT_SIDE_PX = 480;
const BUFFER_S = 24;
const SAVER_BUFFER_S = 10;

export interface Quality {
  index: number;
  name: string;
  shortSidePx: number;
}

export interface AudioTrack {
  index: number;
  label: string;
  language: string;
}

/** What people who want to know are told. */
export interface Facts {
  engine: string;
  codecs: string;
  bitrateBps: number;
}

/** With what an engine begins: what the network carried before, whether data are spared. */
export interface Line {
  estimateBps: number;
  saver: boolean;
}

/** Something that feeds one video element. Events: qualities, quality, audio, edge, fatal. */
export interface Engine extends EventTarget {
  readonly video: HTMLVideoElement;
  start(masterUrl: string, startS: number): void;
  qualities(): Quality[];
  /** Index of the quality chosen by hand; -1 where it follows the network. */
  quality(): number;
  qualityNow(): Quality | null;
  qualityChoose(index: number): void;
  audioTracks(): AudioTrack[];
  audioTrack(): number;
  audioChoose(index: number): void;
  /** Seconds that can be played; Infinity where everything is there. */
  edgeS(): number;
  /** Spare data: no picture above 480 lines, less fetched in advance. */
  saverSet(on: boolean): void;
  facts(): Facts;
  /** What the network was last seen to carry; 0 where nobody knows. */
  estimateBps(): number;
  destroy(): void;
}

/** Return the engine this browser plays with; MSE first, since some claim HLS and do it badly. */
export function engineMake(
  video: HTMLVideoElement,
  source: Source,
  line: Line,
): Engine | null {
  if (Hls.isSupported()) return new HlsEngine(video, source, line);
  return nativeMake(video, source);
}

/** Return the browser's own way to play HLS, or nothing where it has none. */
export function nativeMake(video: HTMLVideoElement, source: Source): Engine | null {
  const plays = video.canPlayType("application/vnd.apple.mpegurl");
  return plays ? new NativeEngine(video, source) : null;
}

function qualityName(level: Level): string {
  const fps = Math.round(level.frameRate || 0);
  const side = Math.min(level.width || 0, level.height || 0);
  return side ? `${side}p${fps > 30 ? fps : ""}` : level.name || "";
}

class HlsEngine extends EventTarget implements Engine {
  private readonly hls: Hls;
  private mediaFaults = 0;
  private edge = Infinity;
  private saver: boolean;

  constructor(
    readonly video: HTMLVideoElement,
    source: Source,
    { estimateBps, saver }: Line,
  ) {
    super();
    this.saver = saver;
    this.hls = new Hls({
      // Our media are CMAF: nothing is transmuxed, so that a worker would only cost its start.
      enableWorker: false,
      loader: signedLoader(source),
      lowLatencyMode: false,
      liveDurationInfinity: false,
      liveSyncDurationCount: 1,
      maxBufferLength: saver ? SAVER_BUFFER_S : BUFFER_S,
      maxMaxBufferLength: saver ? SAVER_BUFFER_S : 90,
      backBufferLength: 60,
      capLevelToPlayerSize: true,
      abrEwmaDefaultEstimate: estimateBps || FIRST_GUESS_BPS,
      testBandwidth: false,
      startFragPrefetch: true,
      videoPreference: H264,
    });
    // Known long before the master playlist has come, which may name both.
    void av1Suits().then((suits) => {
      if (suits) this.hls.config.videoPreference = undefined;
    });
    this.listen();
  }

  private listen(): void {
    const { hls } = this;
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      this.cap();
      this.say("qualities");
    });
    hls.on(Hls.Events.LEVEL_SWITCHED, () => this.say("quality"));
    hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, () => this.say("audio"));
    hls.on(Hls.Events.LEVEL_UPDATED, (_name, { details }) => {
      this.edge = details.live ? details.edge : Infinity;
      this.say("edge");
    });
    hls.on(Hls.Events.ERROR, (_name, data) => {
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR && this.mediaFaults++ < 2) {
        hls.recoverMediaError();
        return;
      }
      this.dispatchEvent(
        new CustomEvent("fatal", { detail: { type: data.type, status: data.response?.code ?? 0 } }),
      );
    });
  }

  private say(name: string): void {
    this.dispatchEvent(new Event(name));
  }

  start(masterUrl: string, startS: number): void {
    this.hls.config.startPosition = startS;
    this.hls.loadSource(masterUrl);
    this.hls.attachMedia(this.video);
  }

  /** The sizes of the codec that plays: the same ones in another are not another choice. */
  qualities(): Quality[] {
    const { levels, currentLevel, firstLevel } = this.hls;
    const codecs = levels[currentLevel < 0 ? firstLevel : currentLevel]?.codecSet;
    return levels
      .map((level, index) => ({
        index,
        codecs: level.codecSet,
        name: qualityName(level),
        shortSidePx: Math.min(level.width, level.height),
      }))
      .filter((level) => level.codecs === codecs)
      .sort((a, b) => b.shortSidePx - a.shortSidePx);
  }

  quality(): number {
    return this.hls.autoLevelEnabled ? -1 : this.hls.nextLevel;
  }

  qualityNow(): Quality | null {
    return this.qualities().find(({ index }) => index === this.hls.currentLevel) ?? null;
  }

  qualityChoose(index: number): void {
    this.hls.nextLevel = index;
    this.say("quality");
  }

  audioTracks(): AudioTrack[] {
    return this.hls.audioTracks.map(({ name, lang }, index) => ({
      index,
      label: name,
      language: lang ?? "",
    }));
  }

  audioTrack(): number {
    return this.hls.audioTrack;
  }

  audioChoose(index: number): void {
    this.hls.audioTrack = index;
    this.say("audio");
  }

  edgeS(): number {
    return this.edge;
  }

  saverSet(on: boolean): void {
    this.saver = on;
    this.hls.config.maxBufferLength = on ? SAVER_BUFFER_S : BUFFER_S;
    this.hls.config.maxMaxBufferLength = on ? SAVER_BUFFER_S : 90;
    this.cap();
    if (on && this.hls.autoLevelEnabled) this.hls.nextLevel = -1;
  }

  private cap(): void {
    const { hls } = this;
    hls.capLevelToPlayerSize = !this.saver;
    if (!this.saver) return;
    const small = hls.levels.map(({ width, height }) => Math.min(width, height) <= SAVER_SHORT_SIDE_PX);
    hls.autoLevelCapping = Math.max(0, small.lastIndexOf(true));
  }

  facts(): Facts {
    const level = this.hls.levels[this.hls.currentLevel];
    const codecs = [level?.videoCodec, level?.audioCodec].filter(Boolean).join(", ");
    return { engine: `hls.js ${Hls.version}`, codecs, bitrateBps: level?.bitrate ?? 0 };
  }

  estimateBps(): number {
    return this.hls.bandwidthEstimate || 0;
  }

  destroy(): void {
    this.hls.destroy();
  }
}

/** iPhones without MSE, and AirPlay: the browser chooses the quality by itself. */
class NativeEngine extends EventTarget implements Engine {
  private readonly stop = new AbortController();

  constructor(
    readonly video: HTMLVideoElement,
    private readonly source: Source,
  ) {
    super();
    const { signal } = this.stop;
    video.addEventListener("error", () => this.recover(), { signal });
    video.addEventListener("progress", () => this.dispatchEvent(new Event("edge")), { signal });
  }

  private recovering = false;

  private recover(): void {
    if (this.recovering) {
      this.dispatchEvent(new CustomEvent("fatal", { detail: { type: "networkError", status: 0 } }));
      return;
    }
    this.recovering = true;
    const { currentTime } = this.video;
    this.source
      .refresh()
      .then(({ masterUrl }) => this.start(masterUrl, currentTime))
      .catch(() => undefined)
      .finally(() => {
        this.recovering = false;
      });
  }

  start(masterUrl: string, startS: number): void {
    const { video } = this;
    const once = { once: true, signal: this.stop.signal };
    video.addEventListener("loadedmetadata", () => (video.currentTime = startS), once);
    video.src = masterUrl;
  }

  qualities(): Quality[] {
    return [];
  }

  quality(): number {
    return -1;
  }

  qualityNow(): Quality | null {
    return null;
  }

  qualityChoose(): void {}

  audioTracks(): AudioTrack[] {
    return [];
  }

  audioTrack(): number {
    return 0;
  }

  audioChoose(): void {}

  saverSet(): void {}

  facts(): Facts {
    return { engine: "HLS", codecs: "", bitrateBps: 0 };
  }

  estimateBps(): number {
    return 0;
  }

  edgeS(): number {
    const { seekable, duration } = this.video;
    if (Number.isFinite(duration) || !seekable.length) return Infinity;
    return seekable.end(seekable.length - 1);
  }

  destroy(): void {
    this.stop.abort();
    this.video.removeAttribute("src");
    this.video.load();
  }
}
