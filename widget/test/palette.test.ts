/** Any accent is readable, light and dark. */
import { expect, test } from "vitest";
import { BUBBLE, contrastOf, markOf, paletteFor, SURFACE } from "../src/chat/palette.ts";

const accents = Array.from({ length: 216 }, (_, at) => {
  const part = (digit: number): string => ["00", "33", "66", "99", "cc", "ff"][digit] ?? "00";
  return `#${part(Math.floor(at / 36))}${part(Math.floor(at / 6) % 6)}${part(at % 6)}`;
});

test.each(["light", "dark"] as const)("every accent is readable in %s", (theme) => {
  for (const accent of accents) {
    const palette = paletteFor(accent, theme);
    expect(contrastOf(palette.accent, palette.onAccent)).toBeGreaterThanOrEqual(4.5);
    for (const ground of [SURFACE[theme], BUBBLE[theme], markOf(palette.accent, theme)]) {
      expect(contrastOf(palette.accentText, ground)).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test("an accent that is readable by itself is left as it is", () => {
  const { accent, onAccent } = paletteFor("#4f46e5", "light");
  expect([accent, onAccent]).toEqual(["#4f46e5", "#ffffff"]);
  expect(paletteFor("#3730a3", "light").accentText).toBe("#3730a3");
});

test("contrast is WCAG's", () => {
  expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrastOf("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});
