/** What the server wrote into the frame's page for us to start with. */
import type { PublicRelease } from "../contract.gen.ts";

export interface Boot {
  readonly embedId: string;
  readonly releaseUrl: string;
  /** What is shown, where the page brought it along: a round trip less. */
  readonly release?: PublicRelease;
  /** Opens a visit, for a few minutes. Bound to embed and site. */
  readonly bootToken: string;
  /** Origin of the page that may hold this frame. */
  readonly site: string;
  readonly locale: string;
}

/** Thrown when the page does not hold what we start with: the page is not ours, or is damaged. */
export class BadBoot extends Error {
  override name = "BadBoot";
}

/**
 * Reads `#troupe-boot`.
 *
 * @throws BadBoot when it is missing or lacks a field.
 */
export function readBoot(page: ParentNode): Boot {
  const text = page.querySelector("#troupe-boot")?.textContent;
  if (!text) throw new BadBoot("The page holds no #troupe-boot.");
  const fields = JSON.parse(text) as Record<string, unknown>;
  const field = (name: string): string => {
    const value = fields[name];
    if (typeof value !== "string") throw new BadBoot(`#troupe-boot lacks ${name}.`);
    return value;
  };
  const { release } = fields as { release?: PublicRelease };
  return {
    embedId: field("embed_id"),
    releaseUrl: field("release_url"),
    ...(release ? { release } : {}),
    bootToken: field("boot_token"),
    site: field("site"),
    locale: field("locale"),
  };
}
