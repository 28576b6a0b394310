import { describe, expect, it } from "vitest";
import { clone } from "./clone";
import { append, byteAt, freezePages, itemAt, PAGE_LENGTH, pagedBytes, pagedList, setByte } from "./pagedList";

describe("SIM-5 paged lists", () => {
  it("given a frozen list and its copy, when one of them writes, then only its last page is its own and the other sees nothing", () => {
    const list = pagedList<number>();
    for (let item = 0; item < PAGE_LENGTH + 10; item++) append(list, item);
    freezePages(list);
    const copy = clone(list);
    expect(copy.pages[0]).toBe(list.pages[0]);
    expect(copy.pages[1]).toBe(list.pages[1]);
    append(copy, -1);
    append(list, -2);
    expect([copy.length, itemAt(copy, PAGE_LENGTH + 10), itemAt(copy, PAGE_LENGTH + 9)]).toEqual([PAGE_LENGTH + 11, -1, PAGE_LENGTH + 9]);
    expect([list.length, itemAt(list, PAGE_LENGTH + 10), itemAt(list, PAGE_LENGTH + 9)]).toEqual([PAGE_LENGTH + 11, -2, PAGE_LENGTH + 9]);
    expect(copy.pages[0]).toBe(list.pages[0]);
  });

  it("given a list that fills a page, then the next item begins another", () => {
    const list = pagedList<number>();
    for (let item = 0; item < 2 * PAGE_LENGTH; item++) append(list, item);
    expect([list.length, list.pages.length, itemAt(list, PAGE_LENGTH - 1), itemAt(list, PAGE_LENGTH)]).toEqual([2 * PAGE_LENGTH, 2, PAGE_LENGTH - 1, PAGE_LENGTH]);
  });

  it("given bytes, then what was not written is 0, and a frozen page is copied by who writes", () => {
    const bytes = pagedBytes();
    setByte(bytes, 3 * PAGE_LENGTH, 7);
    expect([byteAt(bytes, 5), byteAt(bytes, 3 * PAGE_LENGTH), byteAt(bytes, 99 * PAGE_LENGTH), bytes.length]).toEqual([0, 7, 0, 3 * PAGE_LENGTH + 1]);
    freezePages(bytes);
    const copy = clone(bytes);
    setByte(copy, 5, 1);
    expect([byteAt(bytes, 5), byteAt(copy, 5)]).toEqual([0, 1]);
    expect(copy.pages[3]).toBe(bytes.pages[3]);
  });
});
