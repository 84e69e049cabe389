/**
 * Where the frame keeps what a visitor comes back to. Browsers that block third parties deny a frame its storage; then
 * the page keeps it, for its tab only, so that at least a reload does not lose the answer.
 */
import type { Shelf } from "../session/kept.ts";
import type { PagePort } from "./page-port.ts";

/** A page of an older loader says nothing; the visit does not wait for it longer than this. */
const PATIENCE_MILLISECONDS = 400;

export interface FrameShelf {
  readonly shelf: Shelf;
  /** Settles when what was kept can be read. */
  readonly filled: Promise<void>;
}

export function frameShelf(page: PagePort): FrameShelf {
  const own = ownStorage();
  if (own) return { shelf: own, filled: Promise.resolve() };
  let text: string | null = null;
  const shelf: Shelf = {
    getItem: () => text,
    setItem: (_name, value) => {
      text = value;
      page.say({ type: "keep", text: value });
    },
  };
  const patience = new Promise<null>((done) => setTimeout(done, PATIENCE_MILLISECONDS, null));
  const filled = Promise.race([page.kept, patience]).then((kept) => {
    text = kept;
  });
  return { shelf, filled };
}

/** Storage that can be written to; null where it is denied, full or absent. */
function ownStorage(): Storage | null {
  try {
    localStorage.setItem("troupe:probe", "1");
    localStorage.removeItem("troupe:probe");
    return localStorage;
  } catch {
    return null;
  }
}
