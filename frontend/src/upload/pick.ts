/** The ways files come in: buttons, folders, dropping, pasting. */

const MEDIA = /^(video|audio)\//;
const NAMES = /\.(mkv|webm|mp4|m4v|mov|avi|ts|mts|m2ts|mxf|vob|mpe?g|wmv|flv|3gp|ogv|ogg|opus|mp3|m4a|flac|wav|aac|gif|h264|hevc|y4m)$/i;

export function pickBind(root: HTMLElement, take: (files: File[]) => void): void {
  for (const kind of ["files", "folder"]) {
    const input = root.querySelector<HTMLInputElement>(`[data-input=${kind}]`);
    root.querySelector(`[data-choose=${kind}]`)?.addEventListener("click", () => input?.click());
    input?.addEventListener("change", () => {
      const files = Array.from(input.files ?? []);
      take(kind === "folder" ? files.filter(isMedia) : files);
      input.value = "";
    });
  }
  document.addEventListener("paste", ({ clipboardData }) => {
    const files = Array.from(clipboardData?.files ?? []);
    if (files.length) take(files);
  });
  dropBind(root, take);
}

function dropBind(root: HTMLElement, take: (files: File[]) => void): void {
  const zone = root.querySelector("[data-drop]");
  let depth = 0;
  const over = (change: number): void => {
    depth = Math.max(0, depth + change);
    zone?.classList.toggle("drop--over", depth > 0);
  };
  document.addEventListener("dragenter", () => over(1));
  document.addEventListener("dragleave", () => over(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(-depth);
    if (event.dataTransfer) void dropped(event.dataTransfer).then(take);
  });
}

/** In a folder only what looks like media is taken: it holds other things as well. */
function isMedia({ type, name }: File): boolean {
  return MEDIA.test(type) || NAMES.test(name);
}

async function dropped({ items, files }: DataTransfer): Promise<File[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return Array.from(files);
  const found = await Promise.all(entries.map((entry) => (entry ? inside(entry) : [])));
  return found.flat().filter(isMedia);
}

async function inside(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((yes, no) => (entry as FileSystemFileEntry).file(yes, no))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a hundred entries at a time, then none.
    const some = await new Promise<FileSystemEntry[]>((yes, no) => reader.readEntries(yes, no));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(inside))).flat();
}
