/** Of places in a row that is wider than the page, the one where somebody is stands in sight. */

export function placesShow(): void {
  for (const here of document.querySelectorAll<HTMLElement>("nav [aria-current=page]")) {
    const row = here.closest<HTMLElement>(".tabs, .desk__nav, .side-nav");
    if (!row || row.scrollWidth <= row.clientWidth) continue;
    const { left, width } = here.getBoundingClientRect();
    const middle = row.getBoundingClientRect().left + row.clientWidth / 2;
    row.scrollLeft += left + width / 2 - middle;
  }
}
