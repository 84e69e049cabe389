/** Any accent is readable, light and dark, and the studio knows what becomes of it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BUBBLE, contrastOf, inkOn, markOf, paletteFor, SURFACE, type Theme } from "../src/chat/palette.ts";

interface Vector {
  readonly accent: string;
  readonly theme: Theme;
  readonly made: string;
  readonly on_accent: string;
  readonly accent_text: string;
  readonly ink: string;
}

const vectors = JSON.parse(
  readFileSync(new URL("../../tests/data/palettes.json", import.meta.url), "utf8"),
) as Vector[];

test.each(vectors)("$accent in $theme is what the studio says", (vector) => {
  const { accent, onAccent, accentText } = paletteFor(vector.accent, vector.theme);

  expect([accent, onAccent, accentText]).toEqual([vector.made, vector.on_accent, vector.accent_text]);
  expect(inkOn(vector.accent)).toBe(vector.ink);
});

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
