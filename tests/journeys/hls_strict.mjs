// Parses playlists from standard input as strictly as hls-parser can: {"module", "texts"}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { module, texts } = JSON.parse(readFileSync(0, "utf8"));
const hls = createRequire(import.meta.url)(module);
hls.setOptions({ strictMode: true });
const parsed = texts.map((text) => hls.parse(text));
console.log(
  JSON.stringify(
    parsed.map(({ isMasterPlaylist, variants, segments, endlist }) => ({
      master: isMasterPlaylist,
      variants: variants?.length ?? 0,
      segments: segments?.length ?? 0,
      ended: endlist ?? true,
    })),
  ),
);
