/** Placement over the vectors that every language's evaluator shares. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Placement } from "../src/contract.gen.ts";
import { decide, deviceOf, matches, type PageFacts, shareOf } from "../src/placement.ts";
import { EVERYWHERE } from "./placements.ts";

interface VectorPage {
  readonly path?: string;
  readonly query?: string;
  readonly referrer?: string;
  readonly device?: PageFacts["device"];
  readonly width?: number;
  readonly languages?: readonly string[];
  readonly now?: string;
  readonly time_zone?: string;
  readonly visits?: number;
  readonly audience?: Record<string, string>;
  readonly visitor_key?: string;
  readonly embed_id?: string;
  readonly seconds?: number;
  readonly scroll?: number;
  readonly left_at_top?: boolean;
}

interface Vector {
  readonly name: string;
  readonly rules: Partial<Placement>;
  readonly page: VectorPage;
  readonly state: string;
}

const vectors = JSON.parse(
  readFileSync(new URL("../../tests/data/placement.json", import.meta.url), "utf8"),
) as Vector[];

function factsOf(page: VectorPage): PageFacts {
  return {
    path: page.path ?? "/",
    query: page.query ?? "",
    referrer: page.referrer ?? "",
    device: page.device ?? "desktop",
    width: page.width ?? 1280,
    languages: page.languages ?? ["en"],
    now: page.now ? Date.parse(page.now) : Date.now(),
    zone: page.time_zone ?? "UTC",
    visits: page.visits ?? 1,
    audience: page.audience ?? {},
    key: `${page.embed_id ?? ""}:${page.visitor_key ?? ""}`,
    seconds: page.seconds ?? 0,
    scroll: page.scroll ?? 0,
    left: page.left_at_top ?? false,
  };
}

test.each(vectors)("$name", ({ rules, page, state }) => {
  expect(decide({ ...EVERYWHERE, ...rules }, factsOf(page))).toBe(state);
});

test("a pattern of many stars is decided at once", () => {
  const began = performance.now();

  expect(matches("*a".repeat(2_000), "a".repeat(1_999))).toBe(false);
  expect(performance.now() - began).toBeLessThan(500);
});

test("what no rule asks for is not looked at: nothing need be kept about a visitor", () => {
  const page = factsOf({});
  const forbidden = (): never => {
    throw new Error("looked at");
  };
  const shy = { ...page };
  for (const name of ["visits", "key"] as const) Object.defineProperty(shy, name, { get: forbidden });

  expect(decide(EVERYWHERE, shy)).toBe("shown");
});

test("visitors spread evenly over a hundred", () => {
  const halves = Array.from({ length: 4_000 }, (_, number) => shareOf(`e:${number}`)).filter((share) => share < 50);

  expect(halves.length).toBeGreaterThan(1_850);
  expect(halves.length).toBeLessThan(2_150);
});

test("a finger and a short side make a phone", () => {
  expect(deviceOf(390, true)).toBe("phone");
  expect(deviceOf(820, true)).toBe("tablet");
  expect(deviceOf(390, false)).toBe("desktop");
});
