/** Says what each page's scripts and styles weigh over the wire, and fails over budget. */

import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../antenne/web/static/dist/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}manifest.json`, "utf8"));
const PAGES = {
  home: { entries: ["src/site/main.ts"], budgetBytes: 60_000 },
  watch: { entries: ["src/site/main.ts", "src/player/main.ts", "src/player/boot.ts"], budgetBytes: 200_000 },
  upload: { entries: ["src/site/main.ts", "src/upload/main.ts"], budgetBytes: 200_000 },
};

function filesOf(entry, found = new Set()) {
  const chunk = manifest[entry];
  for (const name of [chunk.file, ...(chunk.css ?? [])]) found.add(name);
  for (const other of chunk.imports ?? []) filesOf(other, found);
  return found;
}

const weigh = (names, ending) =>
  names.reduce((sum, name) => sum + statSync(`${root}${name}.${ending}`).size, 0);

for (const [page, { entries, budgetBytes }] of Object.entries(PAGES)) {
  const names = [...new Set(entries.flatMap((entry) => [...filesOf(entry)]))];
  const scripts = names.filter((name) => name.endsWith(".js"));
  const styles = names.filter((name) => name.endsWith(".css"));
  const gz = weigh(scripts, "gz");
  console.log(
    `${page}: scripts ${weigh(scripts, "br")} B brotli, ${gz} B gzip (at most ${budgetBytes}); ` +
      `styles ${weigh(styles, "br")} B brotli`,
  );
  if (gz > budgetBytes) process.exitCode = 1;
}
