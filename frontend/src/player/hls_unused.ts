/** Stands in for the hls.js modules that clear CMAF never reaches (see vite.config.ts). */
export default class Unused {
  static probe(): boolean {
    return false;
  }

  destroy(): void {}
}

/** Cues inside segments are not used: captions come as tracks of their own. */
export const flushTextTrackMetadataCueSamples = (): undefined => undefined;
export const flushTextTrackUserdataCueSamples = flushTextTrackMetadataCueSamples;

export { Unused as AC3Demuxer, Unused as IFrameController, Unused as SubtitleStreamController, Unused as TimelineController };
