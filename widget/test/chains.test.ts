/** Roles and the clips that they come to. */
import { expect, test } from "vitest";
import type { Role } from "../src/contract.gen.ts";
import { type CastingChoice, castingFor, chainOf } from "../src/stage/chains.ts";
import { acting, roleClip, settings } from "./figure.ts";

function choice(roles: Parameters<typeof acting>[0], change: Partial<CastingChoice> = {}): CastingChoice {
  const map = acting(roles);
  return { acting: map, loaded: new Set(Object.values(roles).flat()), random: () => 0, ...change };
}

test.each<[Role, Role[]]>([
  ["shrug", ["shrug", "confused", "shake_head", "thinking", "idle"]],
  ["goodbye", ["goodbye", "greet", "nod"]],
  ["laugh", ["laugh", "celebrate", "approve", "nod"]],
  ["shy", ["shy", "thank", "nod"]],
  ["nod", ["nod"]],
])("%s falls back in its order", (role, chain) => {
  expect(chainOf(role)).toEqual(chain);
});

test("a role plays its own clip", () => {
  expect(castingFor("greet", choice({ greet: ["Wave"], nod: ["Yes"] }))).toEqual({ role: "greet", clip: "Wave" });
});

test("a role without a clip plays what stands below it", () => {
  expect(castingFor("goodbye", choice({ nod: ["Yes"] }))).toEqual({ role: "nod", clip: "Yes" });
});

test("a gesture never becomes talking or idling: the posture does that already", () => {
  expect(castingFor("present", choice({ talking: ["Talk"], idle: ["Idle"] }))).toBeNull();
  expect(castingFor("idle_variant", choice({ idle: ["Idle"] }))).toBeNull();
});

test("a posture ends at idle", () => {
  expect(castingFor("talking", choice({ idle: ["Idle"] }))).toEqual({ role: "idle", clip: "Idle" });
});

test("clips that have not arrived, or are hidden, are passed over", () => {
  const roles = { celebrate: ["Cheer"], approve: ["Ok"] } as const;
  expect(castingFor("celebrate", choice(roles, { loaded: new Set(["Ok"]) }))).toEqual({ role: "approve", clip: "Ok" });

  const map = acting(roles, { clips: { Cheer: settings(1, { hidden: true }) } });
  expect(castingFor("celebrate", choice(roles, { acting: map }))?.clip).toBe("Ok");
});

test("the clip that played last is not taken again while there is another", () => {
  const roles = { talking: ["A", "B"] } as const;

  expect(castingFor("talking", choice(roles, { avoid: "A" }))?.clip).toBe("B");
  expect(castingFor("talking", choice({ talking: ["A"] }, { avoid: "A" }))?.clip).toBe("A");
});

test("clips of a mood play in that mood only", () => {
  const map = { roles: { idle: [roleClip("Idle"), roleClip("Sad Idle", { emotion: "sad" })] }, clips: {} };
  const both = { acting: map, loaded: new Set(["Idle", "Sad Idle"]), random: () => 0.99 };

  expect(castingFor("idle", { ...both, emotion: "sad" })?.clip).toBe("Sad Idle");
  expect(castingFor("idle", { ...both, emotion: "happy" })?.clip).toBe("Idle");
});

test("weights decide how often", () => {
  const map = { roles: { talking: [roleClip("A", { weight: 3 }), roleClip("B")] }, clips: {} };
  const drawn = Array.from(
    { length: 100 },
    (_, at) => castingFor("talking", { acting: map, loaded: new Set(["A", "B"]), random: () => at / 100 })?.clip,
  );

  expect(drawn.filter((clip) => clip === "A")).toHaveLength(75);
});
