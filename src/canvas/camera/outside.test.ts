import { describe, expect, it } from "vitest";
import { countOutside } from "./outside";

const size = { width: 800, height: 600 };
const insets = { top: 60, right: 10, bottom: 100, left: 10 };
const card = { x: 100, y: 100, width: 200, height: 100 };

describe("countOutside", () => {
  it("counts cards that are cut at any side, or hidden by what floats at the foot", () => {
    expect(countOutside([card], [0, 0, 1], size, insets)).toBe(0);
    expect(countOutside([card], [-120, 0, 1], size, insets)).toBe(1);
    expect(countOutside([card], [0, -120, 1], size, insets)).toBe(1);
    expect(countOutside([card], [520, 0, 1], size, insets)).toBe(1);
    expect(countOutside([card], [0, 320, 1], size, insets)).toBe(1);
    expect(countOutside([card, { ...card, x: 900 }], [0, 0, 1], size, insets)).toBe(1);
  });

  it("goes by the zoom", () => {
    expect(countOutside([{ ...card, x: 900 }], [0, 0, 0.5], size, insets)).toBe(0);
    expect(countOutside([card], [0, 0, 3], size, insets)).toBe(1);
  });
});
