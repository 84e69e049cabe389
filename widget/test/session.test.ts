/** The session over the real socket.io client, against a loopback server that numbers and replays turns. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AnyTurnEvent, PublicRelease } from "../src/contract.gen.ts";
import { type Keeper, keeperFor } from "../src/session/kept.ts";
import type { ChatbotLine, Line } from "../src/session/lines.ts";
import { Session } from "../src/session/session.ts";
import { VisitDesk } from "../src/session/visit.ts";
import { answer, citation, finished, Loopback } from "./loopback.mjs";

const boot = { embedId: "e", releaseUrl: "", bootToken: "b", site: "http://localhost", locale: "en" };
const release = { name: "Pip", greeting: "Hello!", suggestions: [] as string[] } as unknown as PublicRelease;

let server: Loopback;
let origin: string;
let keeper: Keeper;
let session: Session;
let script: (question: string) => ReturnType<typeof answer>;
const seen: AnyTurnEvent[] = [];

beforeEach(async () => {
  script = (question) => answer(`You asked: ${question}`, { every: 5 });
  server = new Loopback((question) => script(question));
  origin = await server.start();
  keeper = memoryKeeper();
  session = newSession();
});

afterEach(async () => {
  session.dispose();
  seen.length = 0;
  await server.stop();
});

function memoryKeeper(): Keeper {
  return keeperFor("e", () => {
    throw new Error("storage is denied");
  });
}

function newSession(): Session {
  const made = new Session(new VisitDesk(boot, `${origin}/embed/e/frame`), keeper, origin, Promise.resolve(release));
  made.signals.on("event", (event) => seen.push(event));
  return made;
}

/** Resolves as soon as the lines or the connection are as wanted. */
function until(fits: (lines: readonly Line[]) => boolean): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (!fits(session.lines)) return;
      for (const stop of stops) stop();
      done();
    };
    const stops = [session.signals.on("lines", look), session.signals.on("connection", look)];
    look();
  });
}

const isOnline = (): boolean => session.connection.now === "online";

function answers(lines: readonly Line[] = session.lines): ChatbotLine[] {
  return lines.filter((line): line is ChatbotLine => line.author === "chatbot" && line.id !== "greeting");
}

const isAnswered = (lines: readonly Line[]): boolean => answers(lines).at(-1)?.state === "finished";

test("a question is answered in order, after the greeting", async () => {
  await session.start();
  session.ask("When?");
  await until(isAnswered);

  expect(session.lines.map((line) => line.text)).toEqual(["Hello!", "When?", "You asked: When?"]);
  expect(seen.map((event) => event.seq)).toEqual(seen.map((_, seq) => seq));
  expect(session.running).toBeNull();
});

test("a question asked while there is no connection is sent when there is one", async () => {
  session.ask("Early?");
  expect(session.lines.at(-1)).toMatchObject({ text: "Early?", state: "waiting" });

  await session.start();
  await until(isAnswered);

  expect(server.asks.map((ask) => ask.text)).toEqual(["Early?"]);
});

test("questions wait for the answer before them", async () => {
  await session.start();
  session.ask("One");
  session.ask("Two");
  await until((lines) => answers(lines).filter((line) => line.state === "finished").length === 2);

  expect(answers().map((line) => line.text)).toEqual(["You asked: One", "You asked: Two"]);
});

test("a turn survives a closed socket", async () => {
  script = () => answer("one two three four five six seven eight nine ten", { every: 30 });
  await session.start();
  session.ask("Count");
  await until((lines) => (answers(lines).at(-1)?.text.length ?? 0) > 8);

  server.cut();
  await until(isAnswered);

  expect(answers().at(-1)?.text).toBe("one two three four five six seven eight nine ten");
  expect(seen.map((event) => event.seq)).toEqual(seen.map((_, seq) => seq));
});

test("a question whose acknowledgement was lost is stored once and answered once", async () => {
  server.lostAcknowledgements = 1;
  await session.start();
  session.ask("Again?");
  await until(isAnswered);

  expect(new Set(server.asks.map((ask) => ask.message_id)).size).toBe(1);
  expect(server.turns.size).toBe(1);
  expect(session.lines.map((line) => line.text)).toEqual(["Hello!", "Again?", "You asked: Again?"]);
});

test("a reload in mid-answer comes back to it", async () => {
  script = () => answer("a long answer that goes on while the page loads anew", { every: 25 });
  await session.start();
  session.ask("Long?");
  await until((lines) => (answers(lines).at(-1)?.text.length ?? 0) > 5);
  const [turn] = [...server.turns.values()];
  session.dispose();
  seen.length = 0;
  server.visitExtra = {
    history: [{ id: turn?.messageId, author: "visitor", text: "Long?", at: new Date().toISOString(), citations: [] }],
    running: { turn_id: turn?.turnId, message_id: turn?.messageId },
  };

  session = newSession();
  await session.start();
  await until(isAnswered);

  expect(session.lines.map((line) => line.text)).toEqual([
    "Hello!",
    "Long?",
    "a long answer that goes on while the page loads anew",
  ]);
  expect(server.visits[1]).toEqual({
    visitor_key: keeper.read().visitorKey,
    conversation_id: keeper.read().conversationId,
  });
});

test("events that a network mixed up or doubled are played once and in order", async () => {
  await session.start();
  await until(isOnline);
  const turn_id = "00000000-0000-4000-8000-00000000000a";
  const events = [
    { type: "started", message_id: "m" },
    ...["a", "b", "c"].map((text) => ({ type: "delta", offset: 0, text })),
    finished("abc"),
  ];

  for (const seq of [1, 0, 3, 3, 2, 0, 4]) server.send({ turn_id, seq, ...events[seq] });
  await until(isAnswered);

  expect(answers().at(-1)?.text).toBe("abc");
  expect(seen.map((event) => event.seq)).toEqual([0, 1, 2, 3, 4]);
});

test("cancelling stops at once and keeps what was said", async () => {
  script = () => answer("one two three four five six seven eight", { every: 40 });
  await session.start();
  session.ask("Count");
  await until((lines) => (answers(lines).at(-1)?.text.length ?? 0) > 4);
  const stopped: string[] = [];
  session.signals.on("stopped", (turnId) => stopped.push(turnId));

  session.cancel();
  expect(stopped).toHaveLength(1);
  await until(isAnswered);

  expect(answers().at(-1)).toMatchObject({ outcome: "cancelled" });
  expect(answers().at(-1)?.text.length).toBeLessThan(30);
});

test("a refused question says why, and may be asked again", async () => {
  server.askProblems = [
    { code: "too_fast", title: "Too fast", detail: "Try again in 3 seconds.", status: 429, fields: {} },
  ];
  await session.start();
  session.ask("Quick?");
  await until((lines) => lines.at(-1)?.author === "visitor" && lines.at(-1)?.state === "failed");
  const failed = session.lines.at(-1);
  expect(failed).toMatchObject({ problem: "Try again in 3 seconds." });

  session.askAgain(failed?.id ?? "");
  await until(isAnswered);

  expect(session.lines.map((line) => line.text)).toEqual(["Hello!", "Quick?", "You asked: Quick?"]);
});

test("a turn that fails keeps its words and can be tried again", async () => {
  script = () => [
    { event: { type: "delta", offset: 0, text: "I was about to" } },
    { event: { type: "failed", code: "model_failed", sentence: "The model is away.", retryable: true } },
  ];
  await session.start();
  session.ask("Why?");
  await until((lines) => answers(lines).at(-1)?.state === "failed");
  expect(answers().at(-1)).toMatchObject({ text: "I was about to", problem: "The model is away.", retryable: true });

  script = (question) => answer(`Now: ${question}`, { every: 1 });
  session.askAgain(answers().at(-1)?.answers ?? "");
  await until(isAnswered);

  expect(session.lines.map((line) => line.text)).toEqual(["Hello!", "Why?", "Now: Why?"]);
});

test("a visit that is refused says so and does not try for ever", async () => {
  server.visitFailures = [403];
  await session.start();

  expect(session.connection).toEqual({ now: "refused", sentence: "Not here." });
  expect(server.visits).toHaveLength(1);
});

test("a server that is away for a moment is tried again", async () => {
  server.visitFailures = [503];
  await session.start();
  await until(isOnline);

  expect(server.visits).toHaveLength(2);
});

test("a token that is about to end is renewed, and the conversation goes on", async () => {
  server.tokenSeconds = 61;
  await session.start();
  session.ask("Before?");
  await until(isAnswered);
  await new Promise<void>((done) => {
    const wait = setInterval(() => {
      if (server.visits.length < 2) return;
      clearInterval(wait);
      done();
    }, 20);
  });

  expect(server.visits[1]).toMatchObject({ conversation_id: keeper.read().conversationId });
  expect(session.lines.map((line) => line.text)).toEqual(["Hello!", "Before?", "You asked: Before?"]);
});

test("a new conversation begins empty, with its own id", async () => {
  await session.start();
  session.ask("Old?");
  await until(isAnswered);
  const before = keeper.read().conversationId;

  await session.startAnother();
  await until(isOnline);

  expect(session.lines.map((line) => line.text)).toEqual(["Hello!"]);
  expect(server.visits.at(-1)).toMatchObject({ conversation_id: null });
  expect(keeper.read().conversationId).not.toBe(before);
});

test("kept messages come back with their sources", async () => {
  const turn_id = "00000000-0000-4000-8000-00000000000b";
  const at = new Date().toISOString();
  server.visitExtra = {
    history: [
      { id: "1", author: "visitor", text: "When?", at, citations: [] },
      {
        id: "2",
        author: "chatbot",
        text: "At ten [1].",
        at,
        citations: [{ turn_id, seq: 1, ...citation(1, { page: 3 }) }],
      },
    ],
  };
  await session.start();

  expect(answers()).toMatchObject([{ text: "At ten [1].", old: true, citations: [{ number: 1, page: 3 }] }]);
  expect(session.returning).toBe(true);
});
