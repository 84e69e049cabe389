// @vitest-environment happy-dom
/** The chat as a visitor and a screen reader meet it, over a session whose server is on loopback. */
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mountChat } from "../src/chat/chat.tsx";
import type { PublicRelease } from "../src/contract.gen.ts";
import { keeperFor } from "../src/session/kept.ts";
import { Session } from "../src/session/session.ts";
import { VisitDesk } from "../src/session/visit.ts";

const TURN = "00000000-0000-4000-8000-000000000001";
const release = {
  name: "Pip",
  locale: "en",
  look: { texts: {} },
  greeting: "Hello, I am Pip.",
  suggestions: ["When are you open?", "What does it cost?"],
} as unknown as PublicRelease;

let place: HTMLElement;
let session: Session;
let asked: string[];
let unmount: () => void;

beforeEach(async () => {
  place = document.createElement("main");
  document.body.append(place);
  const boot = { embedId: "e", releaseUrl: "", bootToken: "", site: "", locale: "en" };
  const keeper = keeperFor("e", () => {
    throw new Error("denied");
  });
  session = new Session(
    new VisitDesk(boot, "http://127.0.0.1:9/frame"),
    keeper,
    "http://127.0.0.1:9",
    Promise.resolve(release),
  );
  asked = [];
  session.signals.on("asked", (id) => {
    const line = session.lines.find((candidate) => candidate.id === id);
    if (line) asked.push(line.text);
  });
  // Calm: what comes is shown at once, so nothing here waits for frames.
  await act(async () => {
    unmount = mountChat(place, { session, onClose: null, isCalm: () => true, locale: () => "en" });
    await session.release;
  });
});

afterEach(() => {
  unmount();
  session.dispose();
  place.remove();
});

function field(): HTMLTextAreaElement {
  const found = place.querySelector("textarea");
  if (!found) throw new Error("no field");
  return found;
}

async function write(text: string): Promise<void> {
  await act(() => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function press(target: Element, key: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  await act(() => void target.dispatchEvent(event));
  return event;
}

/** Shows lines as the session would after events of a turn. */
async function show(change: Partial<(typeof session.lines)[number]> & { text: string }): Promise<void> {
  const line = {
    author: "chatbot",
    id: TURN,
    answers: null,
    citations: [],
    state: "finished",
    outcome: "answered",
    problem: null,
    retryable: false,
    old: false,
    ...change,
  } as unknown as (typeof session.lines)[number];
  await act(() => {
    session.lines = [line];
    session.signals.emit("lines", session.lines);
  });
}

const source = {
  type: "citation",
  turn_id: TURN,
  seq: 1,
  number: 1,
  document_id: "d",
  title: "Guide",
  text: "Open from ten.",
  page: 3,
  heading: ["Hours"],
  url: "javascript:alert(1)",
};

test("Enter sends, Shift and Enter and a half-composed character do not", async () => {
  await write("When?");
  await press(field(), "Enter", { shiftKey: true });
  await press(field(), "Enter", { isComposing: true });
  expect(asked).toEqual([]);

  const event = await press(field(), "Enter");

  expect(asked).toEqual(["When?"]);
  expect(event.defaultPrevented).toBe(true);
  expect(field().value).toBe("");
});

test("a question while an answer is still coming interrupts it", async () => {
  await show({ text: "A long", state: "running", outcome: null } as never);
  const stopped: string[] = [];
  session.signals.on("stopped", (turnId) => stopped.push(turnId));
  session.running = TURN;
  expect(place.querySelector("button.stop")).not.toBeNull();

  await write("Something else?");
  expect(place.querySelector("button.stop")).toBeNull();
  await press(field(), "Enter");

  expect(stopped).toEqual([TURN]);
  expect(asked).toEqual(["Something else?"]);
});

test("blanks are not sent", async () => {
  await write("   ");
  await press(field(), "Enter");

  expect(asked).toEqual([]);
});

test("a suggestion asks itself, and they go once something was asked", async () => {
  session.signals.emit("lines", session.lines);
  const [first] = place.querySelectorAll<HTMLButtonElement>(".suggestions button");

  await act(() => first?.click());

  expect(asked).toEqual(["When are you open?"]);
  expect(place.querySelector(".suggestions")).toBeNull();
});

test("a hostile answer makes no element but ours, and no address that runs", async () => {
  await show({ text: '<img src=x onerror=alert(1)> [click](javascript:alert(1)) <a href="javascript:1">x</a>' });

  expect(place.querySelectorAll(".bubble img, .bubble a, .bubble script")).toHaveLength(0);
  expect(place.querySelector(".bubble")?.textContent).toContain("<img src=x onerror=alert(1)>");
});

test("links open beside the page and tell it nothing", async () => {
  await show({ text: "See https://example.com/a" });
  const link = place.querySelector<HTMLAnchorElement>(".bubble a");

  expect([link?.target, link?.rel]).toEqual(["_blank", "noopener noreferrer nofollow"]);
});

test("a mark opens its source, and Escape brings the focus back to the mark", async () => {
  await show({ text: "At ten [1].", citations: [source] } as never);
  const mark = place.querySelector<HTMLButtonElement>("button.mark");
  expect(mark?.getAttribute("aria-label")).toBe("Source 1: Guide, page 3");

  await act(() => mark?.click());
  const card = place.querySelector(".card");
  expect(card?.textContent).toContain("Open from ten.");
  expect(card?.textContent).toContain("Page 3 › Hours");
  expect(card?.querySelector("a")).toBeNull();

  if (card) await press(card, "Escape");
  expect(place.querySelector(".card")).toBeNull();
  expect(document.activeElement).toBe(mark);
});

test("a screen reader hears an answer once, when it is whole, without marks", async () => {
  const log = place.querySelector('[role="log"]');
  const heard: string[] = [];
  new MutationObserver(() => heard.push(log?.textContent ?? "")).observe(log as Node, {
    childList: true,
    characterData: true,
    subtree: true,
  });

  await show({ text: "**At", state: "running", outcome: null } as never);
  await show({ text: "**At ten** [1].", citations: [source] } as never);
  await show({ text: "**At ten** [1].", citations: [source] } as never);
  await Promise.resolve();

  expect(heard.filter((words) => words !== "")).toEqual(["At ten."]);
});

test("an answer outside of what it knows is shown plainly, with a note", async () => {
  await show({ text: "I do not know that.", outcome: "nothing_found" } as never);

  const line = place.querySelector<HTMLElement>("li.chatbot");
  expect(line?.dataset.outcome).toBe("nothing_found");
  expect(line?.querySelector(".note")?.textContent).toContain("Nothing about this");
});

test("what breaks off keeps its words and says why", async () => {
  await show({ text: "I was about", state: "failed", problem: "The model is away.", outcome: null } as never);

  expect(place.querySelector(".bubble")?.textContent).toBe("I was about");
  expect(place.querySelector(".trouble")?.textContent).toContain("The model is away.");
});

test("every button has a name", async () => {
  await show({ text: "At ten [1].", citations: [source] } as never);

  for (const button of place.querySelectorAll("button")) {
    expect(button.getAttribute("aria-label") ?? button.textContent?.trim()).toBeTruthy();
  }
});
