/** What loader and frame say to each other: the greeting by `postMessage`, everything else by one MessagePort. */

/** The frame's first word to the page that holds it; answered with the port. */
export const HELLO = "troupe:hello";
/** The loader's answer; carries the port. */
export const PORT = "troupe:port";

/** From the page to the frame. */
export type ToFrame =
  | {
      readonly type: "shown";
      /** The panel can be closed; where it is part of the page it can not. */
      readonly closable: boolean;
      /** A person opened it and means to write; a panel that opened by itself takes no focus from the page. */
      readonly focus: boolean;
    }
  | { readonly type: "hidden" }
  /** What the page kept for the frame in this tab; the first message of all. */
  | { readonly type: "kept"; readonly text: string | null }
  /** Where the page's pointer is, in CSS pixels of the frame's own viewport; may lie outside of it. */
  | { readonly type: "pointer"; readonly x: number; readonly y: number };

/** From the frame to the page. */
export type ToPage =
  | { readonly type: "ready" }
  | { readonly type: "close" }
  /** Asks the page to keep this for the tab, where the browser denies the frame a storage of its own. */
  | { readonly type: "keep"; readonly text: string }
  /** An answer was finished; the page may mark the launcher when the panel is closed. */
  | { readonly type: "answered" };

/** Whether a message event carries a value with this `type`; what comes over `postMessage` may be anything. */
export function typeOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  return typeof value.type === "string" ? value.type : null;
}
