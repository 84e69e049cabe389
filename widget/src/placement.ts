/** Whether an embed shows itself on a page: one pure function over the placement's rules. */
import type { Placement } from "./contract.gen.ts";

export type Device = "phone" | "tablet" | "desktop";

/** What the rules may ask about the page and who looks at it. */
export interface PageFacts {
  /** The whole path with its query and hash left off, such as `/shop/chairs`. */
  readonly path: string;
  readonly device: Device;
  /** The visitor's languages as BCP 47 tags, best first. */
  readonly languages: readonly string[];
}

export type PlacementRules = Pick<Placement, "include_paths" | "exclude_paths" | "devices" | "languages">;

/** True when every given rule holds; an empty rule holds always. */
export function isPlaced(rules: PlacementRules, page: PageFacts): boolean {
  const paths = rules.include_paths;
  if (paths.length > 0 && !paths.some((pattern) => matchesPath(pattern, page.path))) return false;
  if (rules.exclude_paths.some((pattern) => matchesPath(pattern, page.path))) return false;
  if (rules.devices.length > 0 && !rules.devices.includes(page.device)) return false;
  return rules.languages.length === 0 || rules.languages.some((tag) => speaks(page.languages, tag));
}

/**
 * Whether `*` patterns cover the whole path. No regular expression: a pattern from a configuration
 * could otherwise be made to backtrack without end.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return path === pattern;
  if (!path.startsWith(head)) return false;
  const tail = rest.pop() ?? "";
  let from = head.length;
  for (const part of rest) {
    const found = path.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return path.length - tail.length >= from && path.endsWith(tail);
}

/** `en` covers `en-GB`; `en-GB` covers only itself and what is below it. */
function speaks(languages: readonly string[], wanted: string): boolean {
  const tag = wanted.toLowerCase();
  return languages.some((language) => `${language.toLowerCase()}-`.startsWith(`${tag}-`));
}

/** The kind of device, from its shorter screen side in CSS pixels and whether a finger is the pointer. */
export function deviceOf(shorterSide: number, coarsePointer: boolean): Device {
  if (!coarsePointer) return "desktop";
  return shorterSide < 600 ? "phone" : "tablet";
}
