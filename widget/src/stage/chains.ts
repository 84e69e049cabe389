/** From a role to a clip: the role's own, or what stands below it in its chain. The table lies in chains.json. */
import type { ActingMap, Emotion, Role, RoleClip } from "../contract.gen.ts";
import table from "./chains.json" with { type: "json" };

interface Link {
  readonly posture: boolean;
  readonly falls: readonly string[];
}

const CHAINS = table as Readonly<Record<Role, Link>>;

/** The roles to try for `role`, itself first, each once: breadth first down the table. */
export function chainOf(role: Role): Role[] {
  const chain: Role[] = [role];
  for (let at = 0; at < chain.length; at += 1) {
    const here = chain[at];
    for (const next of here ? (CHAINS[here].falls as readonly Role[]) : []) {
      if (!chain.includes(next)) chain.push(next);
    }
  }
  return chain;
}

export function isPosture(role: Role): boolean {
  return CHAINS[role].posture;
}

/** What a role came to: the clip, and the role in whose name it plays. */
export interface Casting {
  readonly role: Role;
  readonly clip: string;
}

export interface CastingChoice {
  readonly acting: Pick<ActingMap, "roles" | "clips">;
  /** Clips that have arrived. One that has not is passed over: nothing waits. */
  readonly loaded: ReadonlySet<string>;
  readonly emotion?: Emotion;
  /** Not again, when there is another: the clip that played last in this role. */
  readonly avoid?: string | null;
  /** Clips that were played too lately for their own cooldown. */
  readonly rests?: (clip: string) => boolean;
  readonly random: () => number;
}

/** The clip for `role`, or null for "face only": better no gesture than a wrong one. */
export function castingFor(role: Role, choice: CastingChoice): Casting | null {
  const found = candidatesFor(role, choice);
  if (!found) return null;
  const others = found.entries.filter((entry) => entry.clip !== choice.avoid);
  const clip = weighted(others.length > 0 ? others : found.entries, choice.random);
  return clip === null ? null : { role: found.role, clip };
}

/** Who may play `role` in the present mood, and in whose name. */
export function candidatesFor(
  role: Role,
  choice: CastingChoice,
): { readonly role: Role; readonly entries: readonly RoleClip[] } | null {
  for (const candidate of chainOf(role)) {
    // A gesture that falls back to talking or idle is what the posture does already.
    const isBelow = candidate === "idle" || candidate === "talking";
    if (isBelow && !isPosture(role)) return null;
    const entries = entriesOf(candidate, choice);
    if (entries.length > 0) return { role: candidate, entries };
  }
  return null;
}

function entriesOf(role: Role, { acting, loaded, rests, emotion }: CastingChoice): readonly RoleClip[] {
  const all = (acting.roles[role] ?? []).filter((entry) => loaded.has(entry.clip) && !acting.clips[entry.clip]?.hidden);
  return ofMood(
    all.filter((entry) => !rests?.(entry.clip)),
    emotion ?? "neutral",
  );
}

/** Clips tagged with an emotion play in that emotion only; the untagged in every. */
function ofMood(entries: readonly RoleClip[], emotion: Emotion): readonly RoleClip[] {
  const tagged = entries.filter((entry) => entry.emotion === emotion && emotion !== "neutral");
  if (tagged.length > 0) return tagged;
  const plain = entries.filter((entry) => entry.emotion == null || entry.emotion === "neutral");
  return plain.length > 0 ? plain : entries;
}

function weighted(entries: readonly RoleClip[], random: () => number): string | null {
  const total = entries.reduce((sum, entry) => sum + entry.weight, 0);
  let left = random() * total;
  for (const entry of entries) {
    left -= entry.weight;
    if (left < 0) return entry.clip;
  }
  return entries.at(-1)?.clip ?? null;
}
