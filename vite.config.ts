import { readFileSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vite";

const root = dirname(fileURLToPath(import.meta.url));
const hls = realpathSync(resolve(root, "node_modules/hls.js/src"));
const { version } = JSON.parse(readFileSync(resolve(hls, "../package.json"), "utf8"));

/** What hls.js can leave out: our media is clear CMAF only, captions come as plain WebVTT tracks. */
const hlsFeatures = {
  __VERSION__: JSON.stringify(version),
  __USE_ALT_AUDIO__: "true",
  __USE_SUBTITLES__: "false",
  __USE_EME_DRM__: "false",
  __USE_CMCD__: "false",
  __USE_CONTENT_STEERING__: "false",
  __USE_VARIABLE_SUBSTITUTION__: "false",
  __USE_M2TS_ADVANCED_CODECS__: "false",
  __USE_MEDIA_CAPABILITIES__: "false",
  __USE_INTERSTITIALS__: "false",
  __USE_IFRAMES__: "false",
  __IN_WORKER__: "false",
};

/** Demuxers and controllers that CMAF never reaches, by their path below hls.js/src. */
const hlsUnused = [
  "demux/tsdemuxer",
  "demux/audio/aacdemuxer",
  "demux/audio/ac3-demuxer",
  "demux/audio/mp3demuxer",
  "remux/mp4-remuxer",
  "controller/eme-controller",
  "controller/iframe-controller",
  "controller/id3-track-controller",
  "controller/cmcd-controller",
  "controller/interstitials-controller",
  "controller/subtitle-stream-controller",
  "controller/subtitle-track-controller",
  "controller/timeline-controller",
  "controller/content-steering-controller",
  "utils/cues",
  "utils/imsc1-ttml-parser",
  "utils/webvtt-parser",
];

/** Builds hls.js from its source and replaces each unused module by one that never claims a stream. */
function hlsFromSource(): Plugin {
  const stub = resolve(root, "frontend/src/player/hls_unused.ts");
  const small = resolve(root, "frontend/src/player/hls_small.ts");
  return {
    name: "antenne-hls-from-source",
    enforce: "pre",
    async resolveId(source, importer) {
      if (source === "hls.js") return resolve(hls, "hls.ts");
      if (!importer?.startsWith(hls)) return null;
      if (source.startsWith("@svta/")) return small;
      if (!source.startsWith(".")) return null;
      const target = resolve(dirname(importer), source).slice(hls.length + 1);
      return hlsUnused.includes(target) ? stub : null;
    },
  };
}

export default defineConfig({
  logLevel: "warn",
  root: resolve(root, "frontend"),
  base: "/static/dist/",
  publicDir: false,
  define: hlsFeatures,
  plugins: [hlsFromSource()],
  build: {
    outDir: resolve(root, "antenne/web/static/dist"),
    emptyOutDir: false, // frontend/keep_old.mjs removes what nobody asks for any more
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    rollupOptions: {
      // htmx evaluates what our policy forbids anyway: nobody building this can do anything about it.
      checks: { eval: false },
      // What every part of the player needs is one small file, not two.
      output: { codeSplitting: { groups: [{ name: "words", test: /player\/(elements|words)\.ts$/ }] } },
      input: {
        site: resolve(root, "frontend/src/site/main.ts"),
        fonts_ja: resolve(root, "frontend/src/styles/fonts_ja.css"),
        watch: resolve(root, "frontend/src/player/main.ts"),
        studio: resolve(root, "frontend/src/studio/main.ts"),
        statistics: resolve(root, "frontend/src/statistics/main.ts"),
        styleguide: resolve(root, "frontend/src/styleguide/main.ts"),
        upload: resolve(root, "frontend/src/upload/main.ts"),
      },
    },
  },
});
