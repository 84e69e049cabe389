/** The stage: one avatar, one clock. It draws what is to be seen and nothing else. */
import type { PublicRelease } from "../contract.gen.ts";
import type { Session } from "../session/session.ts";
import type { Stop } from "../signals.ts";
import { Actor } from "./actor.ts";
import { Attention } from "./attention.ts";
import type { LoadedAvatar } from "./load.ts";
import { Quality } from "./quality.ts";
import { type Lit, View } from "./view.ts";

const IDLE_FRAME_SECONDS = 1 / 31;

export class Stage {
  readonly actor: Actor;
  /** True once the first frame was drawn. */
  ready = false;
  private readonly place: HTMLElement;
  private readonly session: Session;
  private readonly view: View;
  private readonly attention: Attention;
  private readonly quality = new Quality(devicePixelRatio);
  private readonly watchers: { disconnect(): void }[] = [];
  private readonly stops: Stop[] = [];
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private isOnScreen = true;
  private hasContext = true;
  private frameRequest = 0;
  private before = 0;
  private sinceDrawn = 0;

  constructor(place: HTMLElement, release: PublicRelease, avatar: LoadedAvatar, session: Session, lit: Lit) {
    this.place = place;
    this.session = session;
    this.actor = new Actor(avatar.root, avatar.clips, release.acting, { random: Math.random });
    this.actor.update(0);
    this.view = new View(lit, avatar.root, { framing: release.look.framing, front: release.acting.front });
    this.attention = new Attention(session, this.actor);
    this.calm.addEventListener("change", this.followCalm);
    this.followCalm();
    this.listen();
  }

  /** Shows itself over the poster. */
  async open(): Promise<void> {
    this.resize();
    await this.view.prepare();
    this.place.append(this.view.canvas);
    this.watch();
    this.drawOnce();
    this.ready = true;
    this.place.dataset.state = "live";
    this.run();
  }

  dispose(): void {
    cancelAnimationFrame(this.frameRequest);
    for (const watcher of this.watchers) watcher.disconnect();
    for (const stop of this.stops) stop();
    this.calm.removeEventListener("change", this.followCalm);
    this.attention.dispose();
    this.actor.dispose();
    this.view.dispose();
  }

  private get isSeen(): boolean {
    return this.isOnScreen && this.session.isShown && !document.hidden && this.hasContext;
  }

  private listen(): void {
    const { signals } = this.session;
    this.stops.push(
      signals.on("shown", () => this.run()),
      signals.on("motionPaused", () => this.run()),
      signals.on("pointer", (pointer) => pointer && this.lookAt(pointer.x, pointer.y)),
    );
    const listen = (target: EventTarget, name: string, act: (event: Event) => void): void => {
      target.addEventListener(name, act);
      this.stops.push(() => target.removeEventListener(name, act));
    };
    listen(document, "visibilitychange", () => this.run());
    listen(this.view.canvas, "webglcontextlost", (event) => this.loseContext(event));
    listen(this.view.canvas, "webglcontextrestored", () => this.regainContext());
  }

  private watch(): void {
    const size = new ResizeObserver(() => {
      this.resize();
      if (this.ready) this.drawOnce();
    });
    size.observe(this.place);
    const sight = new IntersectionObserver(([entry]) => {
      this.isOnScreen = entry?.isIntersecting ?? true;
      this.run();
    });
    sight.observe(this.place);
    this.watchers.push(size, sight);
  }

  private run(): void {
    if (this.frameRequest || !this.ready || !this.isSeen) return;
    this.before = performance.now();
    this.frameRequest = requestAnimationFrame(this.step);
  }

  private readonly step = (now: number): void => {
    this.frameRequest = 0;
    if (!this.isSeen || this.session.motionPaused) return;
    const seconds = Math.max(0, now - this.before) / 1000;
    this.before = now;
    this.sinceDrawn += seconds;
    this.attention.greetOnce();
    if (this.actor.isLively || this.sinceDrawn >= IDLE_FRAME_SECONDS) this.advance();
    this.frameRequest = requestAnimationFrame(this.step);
  };

  private advance(): void {
    const seconds = this.sinceDrawn;
    this.sinceDrawn = 0;
    this.attention.update(seconds);
    this.actor.update(seconds);
    this.view.draw();
    if (this.actor.isLively && this.quality.note(seconds)) this.resize();
  }

  private drawOnce(): void {
    this.actor.update(0);
    if (this.hasContext) this.view.draw();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.place;
    if (clientWidth > 0 && clientHeight > 0) this.view.resize(clientWidth, clientHeight, this.quality.pixelRatio);
  }

  private lookAt(x: number, y: number): void {
    const box = this.place.getBoundingClientRect();
    const { eyes } = this.view;
    const height = Math.max(1, box.height);
    this.actor.gaze.pointAt((x - box.left - eyes.x * box.width) / height, (box.top + eyes.y * box.height - y) / height);
  }

  private loseContext(event: Event): void {
    // Without this the browser never gives the context back.
    event.preventDefault();
    this.hasContext = false;
    this.place.dataset.state = "lost";
  }

  private regainContext(): void {
    this.hasContext = true;
    this.drawOnce();
    this.place.dataset.state = "live";
    this.run();
  }

  private readonly followCalm = (): void => this.actor.setCalm(this.calm.matches);
}
