/**
 * The conversation as chat and stage hear of it: lines, ordered turn events, what is revealed, what the visitor does.
 * It knows neither chat nor stage.
 */
import type { AnyTurnEvent, AskAccepted, PublicRelease, Visit } from "../contract.gen.ts";
import { Signals } from "../signals.ts";
import { newId } from "./ids.ts";
import type { Keeper, Waiting } from "./kept.ts";
import {
  greetingLine,
  keptLine,
  type Line,
  type Lines,
  runningLine,
  visitorLine,
  withEvent,
  withVisitor,
} from "./lines.ts";
import { type Connection, Link } from "./link.ts";
import { TurnOrder } from "./turn-order.ts";
import { Refusal, type VisitDesk } from "./visit.ts";

export interface ConnectionState {
  readonly now: Connection;
  /** Why, when the server refused; null else. */
  readonly sentence: string | null;
}

/** A piece of the shown text that has just become visible. Offsets in code points of the shown text. */
export interface Revealed {
  readonly turnId: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface SessionSignals {
  lines: Lines;
  connection: ConnectionState;
  /** An event of a turn, in order, each once. */
  event: AnyTurnEvent;
  revealed: Revealed;
  /** All of a finished turn is visible. */
  settled: string;
  /** A question was sent off (its message id). */
  asked: string;
  /** The visitor stopped the turn: text, voice, mouth and gesture end at once. */
  stopped: string;
  typing: boolean;
  /** The panel is open and may be looked at. */
  shown: boolean;
  /** A person opened the panel and means to write. */
  focus: true;
  /** Pointer in CSS pixels of the frame; null when it left. */
  pointer: { readonly x: number; readonly y: number } | null;
  motionPaused: boolean;
}

const GAP_MILLISECONDS = 400;
const ASK_AGAIN_MILLISECONDS = 2_000;
const TYPING_EVERY_MILLISECONDS = 3_000;

export class Session {
  readonly signals: Signals<SessionSignals>;
  readonly release: Promise<PublicRelease>;
  lines: Lines = [];
  connection: ConnectionState = { now: "connecting", sentence: null };
  /** The turn that is being answered; null between turns. */
  running: string | null = null;
  /** The panel is open. A frame that stands alone always is. */
  isShown = true;
  /** True once the visitor had written something before this page was opened. */
  returning = false;
  private readonly link: Link;
  private readonly keeper: Keeper;
  private readonly orders = new Map<string, TurnOrder>();
  private readonly ended = new Set<string>();
  private readonly asked = new Set<string>();
  private greeting: Line | null = null;
  private isAsking = false;
  private typedAt = 0;
  private timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(
    desk: VisitDesk,
    keeper: Keeper,
    socketOrigin: string,
    release: Promise<PublicRelease>,
    signals = new Signals<SessionSignals>(),
  ) {
    this.signals = signals;
    this.keeper = keeper;
    this.release = release;
    this.signals.on("shown", (shown) => {
      this.isShown = shown;
    });
    this.link = new Link(desk, keeper, socketOrigin, {
      connection: (now, sentence) => this.setConnection({ now, sentence }),
      visited: (visit, renewed) => this.visited(visit, renewed),
      event: (event) => this.receive(event),
      connected: () => this.connected(),
    });
  }

  /** Opens the visit and shows the greeting when the release has come. Never rejects. */
  async start(): Promise<void> {
    const opening = this.link.open();
    try {
      const release = await this.release;
      this.greeting = release.greeting ? greetingLine(release.greeting) : null;
      this.setLines(this.lines);
    } catch {
      // Without its release the chat has neither name nor greeting, and works.
    }
    await opening;
  }

  get waiting(): readonly Waiting[] {
    return this.keeper.read().outbox;
  }

  get motionPaused(): boolean {
    return this.keeper.read().motionPaused;
  }

  /** Sends a question now, or as soon as it can be. */
  ask(text: string): void {
    const question: Waiting = { id: newId(), text };
    this.keeper.write({ outbox: [...this.waiting, question] });
    this.setLines([...this.lines, visitorLine(question.id, text)]);
    this.signals.emit("asked", question.id);
    void this.flush();
  }

  /** Asks again what was refused or failed, under a new id: the old one has its (bad) answer. */
  askAgain(messageId: string): void {
    const line = this.lines.find((candidate) => candidate.author === "visitor" && candidate.id === messageId);
    if (!line) return;
    this.setLines(
      this.lines.filter((other) => other !== line && !(other.author === "chatbot" && other.answers === messageId)),
    );
    this.ask(line.text);
  }

  /** Ends the running turn, if there is one: here at once, on the server as soon as it hears of it. */
  cancel(): void {
    const turnId = this.running;
    if (!turnId) return;
    this.signals.emit("stopped", turnId);
    this.link.cancel({ turn_id: turnId }).catch(() => this.end(turnId));
  }

  async startAnother(): Promise<void> {
    this.running = null;
    this.orders.clear();
    this.setLines([]);
    await this.link.openAnother();
  }

  setTyping(isTyping: boolean): void {
    this.signals.emit("typing", isTyping);
    const now = Date.now();
    if (!isTyping || now - this.typedAt < TYPING_EVERY_MILLISECONDS) return;
    this.typedAt = now;
    this.link.typing();
  }

  setMotionPaused(paused: boolean): void {
    this.keeper.write({ motionPaused: paused });
    this.signals.emit("motionPaused", paused);
  }

  tryNow(): void {
    this.link.tryNow();
  }

  dispose(): void {
    this.link.close();
    for (const timer of this.timers) clearTimeout(timer);
    this.signals.clear();
  }

  private setLines(lines: Lines): void {
    const bare = lines.filter((line) => line.id !== "greeting");
    this.lines = this.greeting ? [this.greeting, ...bare] : bare;
    this.signals.emit("lines", this.lines);
  }

  private setConnection(state: ConnectionState): void {
    this.connection = state;
    this.signals.emit("connection", state);
  }

  private visited(visit: Visit, renewed: boolean): void {
    if (renewed) return;
    const history = visit.history.map(keptLine);
    const kept = new Set(history.map((line) => line.id));
    const waiting = this.waiting.filter((question) => !kept.has(question.id));
    this.keeper.write({ outbox: waiting });
    this.returning = history.length > 0;
    this.running = visit.running?.turn_id ?? null;
    const running = visit.running ? [runningLine(visit.running.turn_id, visit.running.message_id)] : [];
    this.setLines([...history, ...running, ...waiting.map((question) => visitorLine(question.id, question.text))]);
  }

  private connected(): void {
    if (this.running) void this.resume(this.running);
    void this.flush();
  }

  private async flush(): Promise<void> {
    const question = this.waiting[0];
    if (!question || this.isAsking || this.running || !this.link.isOpen) return;
    this.isAsking = true;
    const again = this.asked.has(question.id);
    this.asked.add(question.id);
    try {
      const accepted = await this.link.ask({ message_id: question.id, text: question.text });
      this.accept(question, accepted);
      // The first answer to this question was lost with its socket, and its events may have been too.
      if (again) void this.resume(accepted.turn_id);
    } catch (error) {
      this.askFailed(question, error);
    } finally {
      this.isAsking = false;
    }
    if (!this.running) void this.flush();
  }

  private accept(question: Waiting, accepted: AskAccepted): void {
    this.forget(question);
    const known = this.lines.some((line) => line.id === accepted.turn_id);
    const lines = withVisitor(this.lines, question.id, { state: "sent", problem: null });
    if (!this.ended.has(accepted.turn_id)) this.running = accepted.turn_id;
    this.setLines(known ? lines : [...lines, runningLine(accepted.turn_id, question.id)]);
  }

  private askFailed(question: Waiting, error: unknown): void {
    if (error instanceof Refusal) {
      this.forget(question);
      this.setLines(withVisitor(this.lines, question.id, { state: "failed", problem: error.message }));
    } else {
      this.later(ASK_AGAIN_MILLISECONDS, () => void this.flush());
    }
  }

  private forget(question: Waiting): void {
    this.keeper.write({ outbox: this.waiting.filter((other) => other.id !== question.id) });
  }

  private async resume(turnId: string): Promise<void> {
    const order = this.orders.get(turnId);
    try {
      await this.link.resume({ turn_id: turnId, after_seq: order?.lastSeq ?? -1 });
    } catch (error) {
      if (error instanceof Refusal) this.lose(turnId, error.message);
      // Else the socket closed again; the next connection resumes.
    }
  }

  /** The server no longer knows a turn: what was shown stays, and the visitor may ask again. */
  private lose(turnId: string, sentence: string): void {
    const seq = (this.orders.get(turnId)?.lastSeq ?? -1) + 1;
    this.receive({ type: "failed", turn_id: turnId, seq, code: "not_found", sentence, retryable: true });
  }

  private receive(event: AnyTurnEvent): void {
    if (this.ended.has(event.turn_id)) return;
    const order = this.orders.get(event.turn_id) ?? new TurnOrder();
    this.orders.set(event.turn_id, order);
    const hadGap = order.hasGap;
    for (const due of order.accept(event)) this.play(due);
    if (order.hasGap && !hadGap) this.later(GAP_MILLISECONDS, () => this.closeGap(event.turn_id));
  }

  /** What is missing after a while was lost: the server is asked for it again, and again until it comes. */
  private closeGap(turnId: string): void {
    if (!this.orders.get(turnId)?.hasGap) return;
    if (this.link.isOpen) void this.resume(turnId);
    this.later(GAP_MILLISECONDS * 5, () => this.closeGap(turnId));
  }

  private play(event: AnyTurnEvent): void {
    if (event.type === "started") this.running = event.turn_id;
    const isEnd = event.type === "finished" || event.type === "failed";
    if (isEnd) this.ended.add(event.turn_id);
    if (isEnd && this.running === event.turn_id) this.running = null;
    this.setLines(withEvent(this.lines, event));
    this.signals.emit("event", event);
    if (isEnd) this.end(event.turn_id);
  }

  private end(turnId: string): void {
    this.orders.delete(turnId);
    if (this.running === turnId) this.running = null;
    void this.flush();
  }

  private later(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, milliseconds);
    this.timers.add(timer);
  }
}
