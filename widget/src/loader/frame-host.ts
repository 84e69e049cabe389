/** The sandboxed iframe and the loader's side of the line to it. */
import { HELLO, PORT, type ToFrame, type ToPage } from "../port.ts";
import type { Launcher } from "./launcher.ts";
import type { Visitor } from "./visitor.ts";

/** Scripts and its own storage, links that open tabs; no top navigation, no downloads, no device. */
const SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox";

export class FrameHost {
  readonly #address: URL;
  readonly #launcher: Launcher;
  readonly #visitor: Visitor;
  readonly #hear: (message: ToPage) => void;
  readonly #iframe = document.createElement("iframe");
  #port: MessagePort | undefined;
  #isShown = false;
  #wantsFocus = false;
  #pointerFrame = 0;

  /** Loads the frame, unseen at first: when the pointer only came near, the opening is then at once. */
  constructor(
    address: URL,
    launcher: Launcher,
    title: string,
    visitor: Visitor,
    signal: AbortSignal,
    hear: (message: ToPage) => void,
  ) {
    this.#visitor = visitor;
    this.#address = address;
    this.#launcher = launcher;
    this.#hear = hear;
    const iframe = this.#iframe;
    iframe.setAttribute("sandbox", SANDBOX);
    iframe.allow = "clipboard-write; autoplay";
    iframe.title = title;
    iframe.src = address.href;
    window.addEventListener("message", this.#greeted, { signal });
    document.addEventListener("pointermove", this.#pointed, { passive: true, signal });
    signal.addEventListener("abort", () => this.#port?.close());
    launcher.panel.append(iframe);
  }

  /** Shows the frame; `takesFocus` when a person asked for it. */
  show(takesFocus: boolean): void {
    this.#isShown = true;
    this.#wantsFocus = takesFocus;
    this.#sayWhetherShown();
    // The frame moves focus to its field; until it can, focus is at least inside of the panel.
    if (takesFocus) this.#iframe.focus({ preventScroll: true });
  }

  hide(): void {
    this.#isShown = false;
    this.#sayWhetherShown();
  }

  /** Both ends are checked: the window that speaks is our iframe, and its page is still of our origin. */
  readonly #greeted = (event: MessageEvent): void => {
    if (event.source !== this.#iframe.contentWindow || event.origin !== this.#address.origin) return;
    if ((event.data as { type?: unknown } | null)?.type !== HELLO) return;
    this.#port?.close();
    const channel = new MessageChannel();
    this.#port = channel.port1;
    this.#port.onmessage = (message) => this.#heard(message.data as ToPage);
    this.#iframe.contentWindow?.postMessage({ type: PORT }, this.#address.origin, [channel.port2]);
    this.#launcher.panel.dataset.ready = "";
    this.#say({ type: "kept", text: this.#visitor.read("kept") });
    this.#sayWhetherShown();
  };

  #heard(message: ToPage): void {
    if (message.type === "keep") this.#visitor.write("kept", message.text);
    else this.#hear(message);
  }

  #sayWhetherShown(): void {
    this.#say(
      this.#isShown
        ? { type: "shown", closable: this.#launcher.isClosable, focus: this.#wantsFocus }
        : { type: "hidden" },
    );
  }

  /** The avatar's eyes follow the pointer on the page too; one message a frame is enough. */
  readonly #pointed = (event: PointerEvent): void => {
    if (this.#pointerFrame || !this.#isShown) return;
    this.#pointerFrame = requestAnimationFrame(() => {
      this.#pointerFrame = 0;
      const box = this.#iframe.getBoundingClientRect();
      this.#say({ type: "pointer", x: event.clientX - box.left, y: event.clientY - box.top });
    });
  };

  #say(message: ToFrame): void {
    this.#port?.postMessage(message);
  }
}
