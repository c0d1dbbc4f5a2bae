/** Writes a .br and a .gz beside every built file that they make smaller. */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../antenne/web/static/dist", import.meta.url));
const TEXT = /\.(js|css|svg|json)$/;

for (const name of readdirSync(root, { recursive: true })) {
  const path = join(root, String(name));
  if (!TEXT.test(path) || !statSync(path).isFile()) continue;
  if (!path.endsWith("manifest.json") && existsSync(`${path}.br`)) continue; // its name says what is in it
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const packed = { br: brotliCompressSync(bytes, { params }), gz: gzipSync(bytes, { level: 9 }) };
  for (const [ending, small] of Object.entries(packed)) {
    if (small.length < bytes.length) writeFileSync(`${path}.${ending}`, small);
  }
}
