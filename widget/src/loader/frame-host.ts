/** The sandboxed iframe and the loader's side of the line to it. */
import { HELLO, PORT, type ToFrame, type ToPage, typeOf } from "../port.ts";
import type { Launcher } from "./launcher.ts";
import type { Tab } from "./tab.ts";

/** Scripts and its own storage, links that open tabs; no top navigation, no downloads, no device. */
const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";

export class FrameHost {
  private readonly address: URL;
  private readonly launcher: Launcher;
  private readonly title: string;
  private readonly tab: Tab;
  private readonly hear: (message: ToPage) => void;
  private iframe: HTMLIFrameElement | null = null;
  private port: MessagePort | null = null;
  private isShown = false;
  private wantsFocus = false;
  private pointerFrame = 0;

  constructor(address: URL, launcher: Launcher, title: string, tab: Tab, hear: (message: ToPage) => void) {
    this.tab = tab;
    this.address = address;
    this.launcher = launcher;
    this.title = title;
    this.hear = hear;
  }

  /** Loads the frame unseen, for when the pointer comes near: the opening is then at once. */
  prewarm(): void {
    if (this.iframe) return;
    const iframe = document.createElement("iframe");
    iframe.setAttribute("sandbox", SANDBOX);
    iframe.setAttribute("allow", "clipboard-write; autoplay");
    iframe.title = this.title;
    iframe.src = this.address.href;
    this.iframe = iframe;
    window.addEventListener("message", this.greeted);
    this.launcher.panel.append(iframe);
  }

  /** Shows the frame; `takesFocus` when a person asked for it. */
  show(takesFocus: boolean): void {
    this.prewarm();
    this.isShown = true;
    this.wantsFocus = takesFocus;
    this.sayWhetherShown();
    // The frame moves focus to its field; until it can, focus is at least inside of the panel.
    if (takesFocus) this.iframe?.focus({ preventScroll: true });
    document.addEventListener("pointermove", this.pointed, { passive: true });
  }

  hide(): void {
    this.isShown = false;
    this.sayWhetherShown();
    document.removeEventListener("pointermove", this.pointed);
  }

  destroy(): void {
    this.hide();
    window.removeEventListener("message", this.greeted);
    cancelAnimationFrame(this.pointerFrame);
    this.port?.close();
    this.iframe?.remove();
  }

  /** Both ends are checked: the window that speaks is our iframe, and its page is still of our origin. */
  private readonly greeted = (event: MessageEvent): void => {
    if (event.source !== this.iframe?.contentWindow || event.origin !== this.address.origin) return;
    if (typeOf(event.data) !== HELLO) return;
    this.port?.close();
    const channel = new MessageChannel();
    this.port = channel.port1;
    this.port.onmessage = (message) => this.heard(message.data as ToPage);
    this.iframe?.contentWindow?.postMessage({ type: PORT }, this.address.origin, [channel.port2]);
    this.launcher.panel.dataset.ready = "";
    this.say({ type: "kept", text: this.tab.read("kept") });
    this.sayWhetherShown();
  };

  private heard(message: ToPage): void {
    if (message.type === "keep") this.tab.write("kept", message.text);
    else this.hear(message);
  }

  private sayWhetherShown(): void {
    this.say(
      this.isShown ? { type: "shown", closable: this.launcher.isClosable, focus: this.wantsFocus } : { type: "hidden" },
    );
  }

  /** The avatar's eyes follow the pointer on the page too; one message a frame is enough. */
  private readonly pointed = (event: PointerEvent): void => {
    if (this.pointerFrame) return;
    this.pointerFrame = requestAnimationFrame(() => {
      this.pointerFrame = 0;
      const box = this.iframe?.getBoundingClientRect();
      if (box) this.say({ type: "pointer", x: event.clientX - box.left, y: event.clientY - box.top });
    });
  };

  private say(message: ToFrame): void {
    this.port?.postMessage(message);
  }
}
