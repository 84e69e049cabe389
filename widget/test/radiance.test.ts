/** The painted studio's light. */
import { expect, test } from "vitest";
import { lightFrom, paintLevels } from "../src/stage/radiance.ts";

function meanOf(pixels: readonly Float32Array[]): number {
  const all = pixels.flatMap((face) => [...face]);
  return all.reduce((sum, value) => sum + value, 0) / all.length;
}

test("blurring keeps the light and takes its contrast", () => {
  const levels = paintLevels();
  const spreads = levels.map(({ faces }) => Math.max(...faces.flatMap((face) => [...face])));

  for (const { faces } of levels) expect(meanOf(faces) / meanOf(levels[0]?.faces ?? [])).toBeCloseTo(1, 0);
  for (let lod = 1; lod < spreads.length; lod += 1)
    expect(spreads[lod]).toBeLessThanOrEqual((spreads[lod - 1] ?? 0) + 0.01);
  expect(levels.map((level) => level.size)).toEqual([32, 16, 8, 4]);
  expect(levels.at(-1)?.roughness).toBe(1);
});

test("the key comes from the upper front left, and the floor is the darkest", () => {
  const [frontLeft] = lightFrom([-0.6, 0.45, 0.66]);
  const [frontRight] = lightFrom([0.2, 0.9, 0.4]);
  const [floor] = lightFrom([0, -1, 0]);

  expect(frontLeft).toBeGreaterThan(frontRight);
  expect(floor).toBeLessThan(0.4);
});
