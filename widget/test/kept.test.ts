/** What is kept between visits, where storage works and where it does not. */
import { expect, test } from "vitest";
import { type Shelf as Kept, keeperFor } from "../src/session/kept.ts";

class Shelf {
  readonly items = new Map<string, string>();
  getItem = (name: string): string | null => this.items.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.items.set(name, value);
}

function storageOf(shelf: Shelf): () => Kept {
  return () => shelf;
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

test("a shelf that is filled later is read again, and what was asked meanwhile stays", () => {
  const shelf = new Shelf();
  const keeper = keeperFor("e", storageOf(shelf));
  keeper.write({ outbox: [{ id: "2", text: "Early" }] });
  shelf.setItem("troupe:e", JSON.stringify({ visitorKey: "k", outbox: [{ id: "1", text: "Earlier" }] }));

  keeper.reread();

  expect(keeper.read()).toMatchObject({ visitorKey: "k", outbox: [{ id: "1" }, { id: "2" }] });
});
