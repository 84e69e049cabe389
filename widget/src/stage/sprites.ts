/** The avatar as still pictures: where it cannot be drawn, while its context is lost, and for whoever saves data. */
import type { AnyTurnEvent, Emotion, FaceRig, PublicSprites, TurnCue } from "../contract.gen.ts";
import type { Session } from "../session/session.ts";
import type { Stop } from "../signals.ts";
import { CueQueue } from "./cues.ts";
import { Mouth } from "./mouth.ts";
import { FACE_HOLD, THINKING_AFTER } from "./timing.ts";

/** Pictures change no faster: a mouth of three shapes needs no more. */
const STEP_SECONDS = 1 / 12;
/** How far the mouth must be open for the second and the third picture. */
const HALF_OPEN = 0.12;
const OPEN = 0.5;

/** What the pictures hear of a session. */
export type Heard = Pick<Session, "signals" | "motionPaused">;

/** Which emotion is shown, and how far the mouth is open: decided by the conversation alone. */
export class Portrait {
  emotion: Emotion = "neutral";
  private readonly cues = new CueQueue();
  private readonly mouth: Mouth;
  private readonly stops: Stop[];
  private readonly session: Heard;
  private stoppedTurn: string | null = null;
  private holdLeft = 0;
  private untilThinking: number | null = null;

  constructor(session: Heard, face: FaceRig) {
    this.session = session;
    this.mouth = new Mouth(face);
    const { signals } = session;
    this.stops = [
      signals.on("asked", () => this.asked()),
      signals.on("event", (event) => this.hear(event)),
      signals.on("revealed", ({ turnId, to, text }) => this.revealed(turnId, to, text)),
      signals.on("settled", (turnId) => this.settled(turnId)),
      signals.on("stopped", (turnId) => this.stopped(turnId)),
    ];
  }

  /** 0 shut, 1 half open, 2 open: the column of the sheet. */
  get mouthColumn(): number {
    if (this.session.motionPaused) return 0;
    const { opened } = this.mouth;
    return opened > OPEN ? 2 : opened > HALF_OPEN ? 1 : 0;
  }

  /** Whether time changes what is shown. */
  get isWaiting(): boolean {
    return this.mouth.isMoving || this.holdLeft > 0 || this.untilThinking !== null;
  }

  update(seconds: number): void {
    this.mouth.update(seconds);
    if (this.untilThinking !== null) {
      this.untilThinking -= seconds;
      if (this.untilThinking <= 0) this.show("thinking", null);
    } else if (this.holdLeft > 0 && !this.mouth.isMoving) {
      this.holdLeft -= seconds;
      if (this.holdLeft <= 0) this.emotion = "neutral";
    }
  }

  dispose(): void {
    for (const stop of this.stops) stop();
  }

  /** `seconds` is how long it holds once nothing is said; null until something else happens. */
  private show(emotion: Emotion, seconds: number | null): void {
    this.emotion = emotion;
    this.holdLeft = seconds ?? 0;
    this.untilThinking = null;
  }

  private asked(): void {
    this.cues.drop();
    this.mouth.stop();
    this.show("neutral", null);
    this.untilThinking = THINKING_AFTER;
  }

  private hear(event: AnyTurnEvent): void {
    if (event.turn_id === this.stoppedTurn) return;
    this.cues.begin(event.turn_id);
    const due = event.type === "cue" ? this.cues.add(event) : null;
    if (due) this.perform(due);
  }

  private revealed(turnId: string, to: number, text: string): void {
    if (turnId === this.stoppedTurn) return;
    if (this.untilThinking !== null || this.emotion === "thinking") this.show("neutral", null);
    this.mouth.say(text);
    for (const cue of this.cues.reveal(turnId, to)) this.perform(cue);
  }

  private perform(cue: TurnCue): void {
    this.show(cue.emotion, FACE_HOLD);
  }

  private settled(turnId: string): void {
    for (const cue of this.cues.settle(turnId)) this.perform(cue);
    if (this.untilThinking !== null || this.emotion === "thinking") this.show("neutral", null);
  }

  private stopped(turnId: string): void {
    this.stoppedTurn = turnId;
    this.cues.drop();
    this.mouth.stop();
    this.show("neutral", null);
  }
}

/** Draws the picture of the moment over the poster. */
export class Sprites {
  private readonly canvas: HTMLCanvasElement;
  private readonly place: HTMLElement;
  private readonly portrait: Portrait;
  private readonly sheet: PublicSprites;
  private readonly picture: CanvasImageSource;
  private readonly stops: Stop[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private before = 0;
  private drawn = "";

  constructor(place: HTMLElement, sheet: PublicSprites, picture: CanvasImageSource, face: FaceRig, session: Session) {
    this.sheet = sheet;
    this.picture = picture;
    this.portrait = new Portrait(session, face);
    this.canvas = document.createElement("canvas");
    this.canvas.className = "sprites";
    this.canvas.width = sheet.width;
    this.canvas.height = sheet.height;
    const { signals } = session;
    const wake = (): void => this.wake();
    this.stops = [
      signals.on("asked", wake),
      signals.on("event", wake),
      signals.on("revealed", wake),
      signals.on("settled", wake),
      signals.on("stopped", wake),
      signals.on("motionPaused", wake),
    ];
    this.draw();
    this.place = place;
    place.append(this.canvas);
    place.dataset.sprites = "";
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
    this.portrait.dispose();
    this.canvas.remove();
    delete this.place.dataset.sprites;
  }

  private wake(): void {
    this.draw();
    if (this.timer !== undefined || !this.portrait.isWaiting) return;
    this.before = performance.now();
    this.timer = setTimeout(this.step, STEP_SECONDS * 1000);
  }

  private readonly step = (): void => {
    this.timer = undefined;
    const now = performance.now();
    this.portrait.update((now - this.before) / 1000);
    this.wake();
  };

  private draw(): void {
    const { emotions, width, height } = this.sheet;
    const { emotion, mouthColumn } = this.portrait;
    const row = Math.max(0, emotions.includes(emotion) ? emotions.indexOf(emotion) : emotions.indexOf("neutral"));
    const name = `${row} ${mouthColumn}`;
    if (name === this.drawn) return;
    this.drawn = name;
    const pen = this.canvas.getContext("2d");
    pen?.clearRect(0, 0, width, height);
    pen?.drawImage(this.picture, mouthColumn * width, row * height, width, height, 0, 0, width, height);
  }
}

/**
 * Shows the pictures in `place` until they are disposed of.
 *
 * @throws Error when the sheet cannot be loaded.
 */
export async function mountSprites(
  place: HTMLElement,
  sheet: PublicSprites,
  face: FaceRig,
  session: Session,
): Promise<Sprites> {
  const picture = new Image();
  picture.src = sheet.url;
  await picture.decode();
  return new Sprites(place, sheet, picture, face, session);
}
