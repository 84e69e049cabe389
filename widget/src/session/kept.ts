/** What is kept between visits: in the browser's storage where that is allowed, else in memory. */

/** A question that was not yet accepted by the server. */
export interface Waiting {
  readonly id: string;
  readonly text: string;
}

export interface Kept {
  readonly visitorKey: string | null;
  readonly conversationId: string | null;
  readonly outbox: readonly Waiting[];
  readonly motionPaused: boolean;
}

export interface Keeper {
  read(): Kept;
  write(change: Partial<Kept>): void;
  /** Reads the shelf again, for one that was filled later; what was asked meanwhile stays. */
  reread(): void;
}

/** Where things are kept: a browser's Storage, or something like it. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

const NOTHING: Kept = { visitorKey: null, conversationId: null, outbox: [], motionPaused: false };

/**
 * A keeper for one embed. Storage may be denied, partitioned, full or filled with something else:
 * then what is written lives as long as the page.
 */
export function keeperFor(embedId: string, storage: () => Shelf): Keeper {
  const name = `troupe:${embedId}`;
  let kept = readStored(name, storage);
  return {
    read: () => kept,
    reread() {
      const stored = readStored(name, storage);
      kept = { ...stored, outbox: [...stored.outbox, ...kept.outbox] };
    },
    write(change) {
      kept = { ...kept, ...change };
      try {
        storage().setItem(name, JSON.stringify(kept));
      } catch {
        // Denied or full: memory has it.
      }
    },
  };
}

function readStored(name: string, storage: () => Shelf): Kept {
  try {
    const found: unknown = JSON.parse(storage().getItem(name) ?? "null");
    return typeof found === "object" && found !== null ? checked(found) : NOTHING;
  } catch {
    return NOTHING;
  }
}

function checked(found: object): Kept {
  const fields = found as Record<string, unknown>;
  const outbox = Array.isArray(fields.outbox) ? fields.outbox.filter(isWaiting) : [];
  return {
    visitorKey: typeof fields.visitorKey === "string" ? fields.visitorKey : null,
    conversationId: typeof fields.conversationId === "string" ? fields.conversationId : null,
    outbox,
    motionPaused: fields.motionPaused === true,
  };
}

function isWaiting(value: unknown): value is Waiting {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return typeof fields.id === "string" && typeof fields.text === "string";
}
