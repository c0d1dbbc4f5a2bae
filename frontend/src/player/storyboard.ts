/** Sprites of a storyboard, found through its WebVTT. */

interface Tile {
  startS: number;
  endS: number;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const CUE = /([\d:.]+)\s+-->\s+([\d:.]+)[^\n]*\n([^\n#]+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

function seconds(stamp: string): number {
  return stamp.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Read the tiles of a storyboard; addresses are relative to its own. */
function tilesRead(text: string, base: string): Tile[] {
  return Array.from(text.replace(/\r/g, "").matchAll(CUE), (cue) => {
    const [x, y, width, height] = cue.slice(4, 8).map(Number) as [number, number, number, number];
    const url = new URL(cue[3] ?? "", base).href;
    return { startS: seconds(cue[1] ?? ""), endS: seconds(cue[2] ?? ""), url, x, y, width, height };
  });
}

export class Storyboard {
  private tiles: Tile[] = [];

  /** Settles once the tiles are known, or cannot be. */
  readonly ready: Promise<void>;

  constructor(readonly url: string) {
    this.ready = fetch(url)
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((text) => {
        this.tiles = tilesRead(text, new URL(url, location.href).href);
      })
      .catch(() => undefined); // a seek bar without pictures still seeks
  }

  /** Show the picture of a moment in *box*; false where there is none (yet). */
  paint(box: HTMLElement, atS: number): boolean {
    const tile = this.tiles.find(({ startS, endS }) => startS <= atS && atS < endS);
    if (!tile) return false;
    box.style.width = `${tile.width}px`;
    box.style.height = `${tile.height}px`;
    box.style.backgroundImage = `url("${tile.url}")`;
    box.style.backgroundPosition = `-${tile.x}px -${tile.y}px`;
    return true;
  }
}
