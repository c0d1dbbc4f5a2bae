/**
 * Keeps built files that pages open elsewhere, or a server that still runs, may ask for.
 *
 * `node keep_old.mjs before FOLDER`, ahead of a build, notes on the files of the last one that they
 * were current until now; `node keep_old.mjs after FOLDER` removes what has not been for a month.
 */

import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const KEPT_S = 30 * 24 * 3600;
const [, , when, folder] = process.argv;
const root = folder ?? fileURLToPath(new URL("../antenne/web/static/dist", import.meta.url));

/** Returns the paths of the files that the manifest names, with their compressed forms. */
function current() {
  const path = join(root, "manifest.json");
  if (!existsSync(path)) return new Set();
  const named = Object.values(JSON.parse(readFileSync(path, "utf8"))).flatMap((chunk) => [
    chunk.file,
    ...(chunk.css ?? []),
    ...(chunk.assets ?? []),
  ]);
  return new Set(["manifest.json", ...named].flatMap((name) => [name, `${name}.br`, `${name}.gz`]));
}

const nowS = Date.now() / 1000;
const named = current();
if (when === "before") {
  for (const name of named) if (existsSync(join(root, name))) utimesSync(join(root, name), nowS, nowS);
} else {
  for (const name of readdirSync(root, { recursive: true }).map(String)) {
    const known = statSync(join(root, name));
    if (known.isFile() && !named.has(name) && nowS - known.mtimeMs / 1000 > KEPT_S) rmSync(join(root, name));
  }
}
