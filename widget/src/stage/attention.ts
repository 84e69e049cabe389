/** From what happens in the conversation to what the avatar does: postures by the clock, cues by their place. */
import type { AnyTurnEvent } from "../contract.gen.ts";
import type { Session } from "../session/session.ts";
import type { Stop } from "../signals.ts";
import type { Actor, Posture } from "./actor.ts";
import { CueQueue } from "./cues.ts";
import { THINKING_AFTER } from "./timing.ts";

/** The avatar goes on talking over short waits for more text; then it thinks. */
const TALKING_HOLD_SECONDS = 1.1;
/** The visitor paused in typing: it listens on for a while. */
const LISTENING_HOLD_SECONDS = 3;

/** What the stage hears of a session. */
export type Heard = Pick<Session, "signals" | "running" | "connection">;

export class Attention {
  private readonly session: Heard;
  private readonly actor: Actor;
  private readonly cues = new CueQueue();
  private readonly stops: Stop[];
  /** Seconds since the question, or null when none is open. */
  private sinceAsked: number | null = null;
  private sinceRevealed: number | null = null;
  private sinceTyped: number | null = null;
  private stoppedTurn: string | null = null;
  private hasGreeted = false;

  constructor(session: Heard, actor: Actor) {
    this.session = session;
    this.actor = actor;
    const { signals } = session;
    this.stops = [
      signals.on("asked", () => this.asked()),
      signals.on("event", (event) => this.hear(event)),
      signals.on("revealed", ({ turnId, to, text }) => this.revealed(turnId, to, text)),
      signals.on("settled", (turnId) => this.settled(turnId)),
      signals.on("stopped", (turnId) => this.stopped(turnId)),
      signals.on("typing", (isTyping) => {
        this.sinceTyped = isTyping ? 0 : null;
      }),
    ];
    if (session.running) this.asked();
  }

  /** Greets whoever sees the avatar for the first time on this page. */
  greetOnce(): void {
    if (this.hasGreeted || this.session.running) return;
    this.hasGreeted = true;
    this.actor.greet();
  }

  /** Chooses the posture of this moment. */
  update(seconds: number): void {
    if (this.sinceAsked !== null) this.sinceAsked += seconds;
    if (this.sinceRevealed !== null) this.sinceRevealed += seconds;
    if (this.sinceTyped !== null) this.sinceTyped += seconds;
    this.actor.setPosture(this.posture());
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  private posture(): Posture {
    if (this.sinceRevealed !== null && this.sinceRevealed < TALKING_HOLD_SECONDS) return "talking";
    // A question that could not be sent yet is nothing to think about.
    const isHeard = this.sinceAsked !== null && this.session.connection.now === "online";
    if (isHeard && (this.sinceAsked ?? 0) > THINKING_AFTER) return "thinking";
    if (isHeard) return "listening";
    return this.sinceTyped !== null && this.sinceTyped < LISTENING_HOLD_SECONDS ? "listening" : "idle";
  }

  private asked(): void {
    this.sinceAsked = 0;
    this.sinceTyped = null;
    this.cues.drop();
    this.actor.stop();
  }

  private hear(event: AnyTurnEvent): void {
    if (event.turn_id === this.stoppedTurn) return;
    this.cues.begin(event.turn_id);
    this.sinceAsked ??= 0;
    if (event.type === "cue") {
      const due = this.cues.add(event);
      if (due) this.actor.perform(due);
    }
  }

  private revealed(turnId: string, to: number, text: string): void {
    if (turnId === this.stoppedTurn) return;
    this.sinceRevealed = 0;
    this.actor.say(text);
    for (const cue of this.cues.reveal(turnId, to)) this.actor.perform(cue);
  }

  private settled(turnId: string): void {
    for (const cue of this.cues.settle(turnId)) this.actor.perform(cue);
    this.sinceAsked = null;
    // The mouth ends with the last words; so does talking.
    if (this.sinceRevealed !== null) this.sinceRevealed = Math.max(this.sinceRevealed, TALKING_HOLD_SECONDS - 0.5);
  }

  private stopped(turnId: string): void {
    this.stoppedTurn = turnId;
    this.sinceAsked = null;
    this.sinceRevealed = null;
    this.cues.drop();
    this.actor.stop();
  }
}
