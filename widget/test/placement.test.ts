/** Placement over the vectors that every language's evaluator shares. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deviceOf, isPlaced, matchesPath, type PageFacts, type PlacementRules } from "../src/placement.ts";

interface Vector {
  readonly name: string;
  readonly rules: PlacementRules;
  readonly page: PageFacts;
  readonly shown: boolean;
}

const vectors = JSON.parse(
  readFileSync(new URL("../../tests/data/placement.json", import.meta.url), "utf8"),
) as Vector[];

test.each(vectors)("$name", ({ rules, page, shown }) => {
  expect(isPlaced(rules, page)).toBe(shown);
});

test("a pattern of many stars is decided at once", () => {
  const began = performance.now();

  expect(matchesPath("*a".repeat(2_000), "a".repeat(1_999))).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});

test("a finger and a short side make a phone", () => {
  expect(deviceOf(390, true)).toBe("phone");
  expect(deviceOf(820, true)).toBe("tablet");
  expect(deviceOf(390, false)).toBe("desktop");
});
