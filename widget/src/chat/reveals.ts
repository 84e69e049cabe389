/** Reveals the newest answer line by line of time, and tells the session what became visible. */
import type { ChatbotLine, Lines } from "../session/lines.ts";
import type { Session } from "../session/session.ts";
import type { Stop } from "../signals.ts";
import { Reveal } from "./reveal.ts";

/** Which line is only partly visible, and how many code points of it are; null when all are whole. */
export type Revealing = { readonly id: string; readonly shown: number } | null;

/** Class, because it lives as long as the chat and owns its frames. */
export class Reveals {
  private readonly session: Session;
  private readonly tell: (now: Revealing) => void;
  /** Words appear as they come, for visitors who asked for less motion. */
  private readonly isInstant: () => boolean;
  private readonly stops: Stop[];
  private reveal = new Reveal();
  private lineId: string | null = null;
  private hasSettled = true;
  private isStopped = false;
  private isShown = true;
  private frame = 0;
  private before = 0;

  constructor(session: Session, isInstant: () => boolean, tell: (now: Revealing) => void) {
    this.session = session;
    this.isInstant = isInstant;
    this.tell = tell;
    const { signals } = session;
    this.stops = [
      signals.on("lines", (lines) => this.follow(lines)),
      signals.on("stopped", (turnId) => this.stop(turnId)),
      signals.on("shown", (shown) => this.setShown(shown)),
    ];
    document.addEventListener("visibilitychange", this.hurry);
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    document.removeEventListener("visibilitychange", this.hurry);
    for (const stop of this.stops) stop();
  }

  /** Shows all that has come of the current answer. */
  skip(): void {
    this.show(this.reveal.finish());
  }

  private follow(lines: Lines): void {
    const line = lines.findLast(
      (candidate): candidate is ChatbotLine => candidate.author === "chatbot" && !candidate.old,
    );
    if (!line) {
      this.leave();
      return;
    }
    if (line.id !== this.lineId) this.begin(line);
    this.reveal.take(line.text, line.state !== "running");
    if (this.isHurried) this.show(this.reveal.finish());
    else this.show("");
    this.runFrames();
  }

  private begin(line: ChatbotLine): void {
    if (!this.hasSettled) this.show(this.reveal.finish());
    this.reveal = new Reveal();
    this.lineId = line.id;
    this.hasSettled = false;
    this.isStopped = false;
  }

  private leave(): void {
    this.lineId = null;
    this.hasSettled = true;
    this.tell(null);
  }

  private get isHurried(): boolean {
    return this.isStopped || document.hidden || !this.isShown || this.isInstant();
  }

  private stop(turnId: string): void {
    if (turnId !== this.lineId) return;
    this.isStopped = true;
    this.show(this.reveal.finish());
  }

  private setShown(shown: boolean): void {
    this.isShown = shown;
    this.hurry();
  }

  private readonly hurry = (): void => {
    if (this.lineId && this.isHurried) this.show(this.reveal.finish());
  };

  private runFrames(): void {
    if (this.frame || !this.reveal.isBehind) return;
    this.before = performance.now();
    this.frame = requestAnimationFrame(this.step);
  }

  private readonly step = (now: number): void => {
    this.frame = 0;
    const seconds = Math.max(0, now - this.before) / 1000;
    this.before = now;
    const piece = this.reveal.step(seconds);
    if (piece) this.show(piece);
    if (this.reveal.isBehind) this.frame = requestAnimationFrame(this.step);
  };

  private show(piece: string): void {
    const turnId = this.lineId;
    if (!turnId || this.hasSettled) return;
    const to = this.reveal.shown;
    const settled = this.reveal.isSettled;
    this.tell(settled ? null : { id: turnId, shown: to });
    if (piece) this.session.signals.emit("revealed", { turnId, from: to - Array.from(piece).length, to, text: piece });
    if (!settled) return;
    this.hasSettled = true;
    this.session.signals.emit("settled", turnId);
  }
}
