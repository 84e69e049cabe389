/** What the page may ask of us: `Troupe.open()`, or `Troupe.push(["open"])` before the script has come. */

export type TroupeEvent = "ready" | "open" | "close" | "answer";
export type TroupeListener = (embedId: string) => void;

export interface TroupeApi {
  /** Every method takes an embed's id; without one it means all embeds of the page. */
  open(embedId?: string): void;
  close(embedId?: string): void;
  toggle(embedId?: string): void;
  destroy(embedId?: string): void;
  /** What the page knows about its visitor, such as `{ plan: "pro" }`: placement rules may ask for it. */
  identify(attributes: object, embedId?: string): void;
  on(name: TroupeEvent, listener: TroupeListener): void;
  off(name: TroupeEvent, listener: TroupeListener): void;
  /** Makes calls such as `["open", "EMBED_ID"]`, as the array did that stood here before. */
  push(...calls: unknown[]): number;
  /** For further script elements of ours on the same page. */
  add(script: HTMLScriptElement, embedId: string): void;
}

/** The call that a queued array stands for, or null when it is none. */
export function callOf(api: TroupeApi, call: unknown): (() => void) | null {
  if (!Array.isArray(call)) return null;
  const [name, ...parts] = call as unknown[];
  const known = (api as unknown as Record<string, unknown>)[String(name)];
  return typeof known === "function" ? () => known(...parts) : null;
}
