import { isShared, share } from "./share";

/**
 * A growing list in pages. Before a checkpoint its pages are frozen, so that `clone` shares them; writing to a frozen page copies
 * that page first. A list of a million entries costs a checkpoint a thousand references.
 */
export interface PagedList<T> {
  length: number;
  pages: { items: T[] }[];
}

export interface PagedBytes {
  length: number;
  pages: { items: Uint8Array }[];
}

export const PAGE_LENGTH = 1024;

export function pagedList<T>(): PagedList<T> {
  return { length: 0, pages: [] };
}

export function pagedBytes(): PagedBytes {
  return { length: 0, pages: [] };
}

export function append<T>(list: PagedList<T>, item: T): void {
  const index = list.length >> 10;
  if (index === list.pages.length) list.pages.push({ items: [] });
  let page = list.pages[index] as { items: T[] };
  if (isShared(page)) list.pages[index] = page = { items: page.items.slice() };
  page.items.push(item);
  list.length++;
}

export function itemAt<T>(list: PagedList<T>, index: number): T {
  return (list.pages[index >> 10] as { items: T[] }).items[index & 1023] as T;
}

/** The byte at `index`; 0 where nothing was written. */
export function byteAt(list: PagedBytes, index: number): number {
  return list.pages[index >> 10]?.items[index & 1023] ?? 0;
}

export function setByte(list: PagedBytes, index: number, byte: number): void {
  while (list.pages.length <= index >> 10) list.pages.push({ items: new Uint8Array(PAGE_LENGTH) });
  let page = list.pages[index >> 10] as { items: Uint8Array };
  if (isShared(page)) list.pages[index >> 10] = page = { items: page.items.slice() };
  page.items[index & 1023] = byte;
  if (index >= list.length) list.length = index + 1;
}

/** Index of the page that has an item. */
export function pageOf(index: number): number {
  return index >> 10;
}

/** The bytes of a page, each at `index & (PAGE_LENGTH - 1)`; none where nothing was written. */
export function bytesOfPage({ pages }: PagedBytes, page: number): Uint8Array {
  return pages[page]?.items ?? NO_BYTES;
}

/** The same, to be written to at some index of it. */
export function pageToWrite(list: PagedBytes, index: number): Uint8Array {
  setByte(list, index, byteAt(list, index));
  return bytesOfPage(list, pageOf(index));
}

const NO_BYTES = new Uint8Array(0);

/** Freezes every page, so that a clone shares them all. */
export function freezePages(list: { readonly pages: readonly object[] }): void {
  for (const page of list.pages) share(page);
}
