/** What is kept between visits, where storage works and where it does not. */
import { expect, test } from "vitest";
import { keeperFor } from "../src/session/kept.ts";

class Shelf {
  readonly items = new Map<string, string>();
  getItem = (name: string): string | null => this.items.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.items.set(name, value);
}

function storageOf(shelf: Shelf): () => Storage {
  return () => shelf as unknown as Storage;
}

test("what was written is there after a reload, for its own embed only", () => {
  const shelf = new Shelf();
  keeperFor("one", storageOf(shelf)).write({ visitorKey: "k", outbox: [{ id: "1", text: "Hi" }] });

  expect(keeperFor("one", storageOf(shelf)).read()).toMatchObject({
    visitorKey: "k",
    outbox: [{ id: "1", text: "Hi" }],
  });
  expect(keeperFor("two", storageOf(shelf)).read().visitorKey).toBeNull();
});

test.each(["{", "null", "[]", '"x"', '{"visitorKey": 3, "outbox": [{"id": 1}, null, {"id": "a", "text": "b"}]}'])(
  "%s in the storage is survived",
  (stored) => {
    const shelf = new Shelf();
    shelf.setItem("troupe:e", stored);

    expect(keeperFor("e", storageOf(shelf)).read().visitorKey).toBeNull();
  },
);

test("where storage is denied, memory has it", () => {
  const keeper = keeperFor("e", () => {
    throw new DOMException("denied", "SecurityError");
  });

  keeper.write({ conversationId: "c" });

  expect(keeper.read().conversationId).toBe("c");
});
