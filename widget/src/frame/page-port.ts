/** The frame's side of the line to the page that holds it. */
import { HELLO, PORT, type ToFrame, type ToPage, typeOf } from "../port.ts";
import type { SessionSignals } from "../session/session.ts";
import type { Signals } from "../signals.ts";

export interface PagePort {
  /** False where somebody opened the frame's address by itself. */
  readonly isFramed: boolean;
  /** Sends now, or as soon as the page has given its port. */
  say(message: ToPage): void;
  /** What the page kept for us in this tab, as soon as it has said so; null where nobody holds us. */
  readonly kept: Promise<string | null>;
}

/** Greets the page at `site` and only it; what comes from elsewhere is not heard. */
export function pagePort(site: string, signals: Signals<SessionSignals>): PagePort {
  const isFramed = window.parent !== window;
  const early: ToPage[] = [];
  let tellKept: (text: string | null) => void = () => undefined;
  const kept = new Promise<string | null>((done) => {
    tellKept = done;
    if (!isFramed) done(null);
  });
  let port: MessagePort | null = null;
  const greeted = (event: MessageEvent): void => {
    const [given] = event.ports;
    if (event.source !== window.parent || event.origin !== site || typeOf(event.data) !== PORT || !given) return;
    window.removeEventListener("message", greeted);
    port = given;
    port.onmessage = (message) => hear(message.data as ToFrame, signals, tellKept);
    for (const message of early.splice(0)) port.postMessage(message);
  };
  if (isFramed) {
    window.addEventListener("message", greeted);
    window.parent.postMessage({ type: HELLO }, site);
  }
  followPointer(signals);
  closeOnEscape(() => say({ type: "close" }));
  const say = (message: ToPage): void => {
    if (port) port.postMessage(message);
    else if (isFramed) early.push(message);
  };
  return { isFramed, say, kept };
}

function hear(message: ToFrame, signals: Signals<SessionSignals>, tellKept: (text: string | null) => void): void {
  if (message.type === "kept") tellKept(message.text);
  else if (message.type === "pointer") signals.emit("pointer", { x: message.x, y: message.y });
  else signals.emit("shown", message.type === "shown");
  if (message.type !== "shown") return;
  document.documentElement.dataset.closable = String(message.closable);
  if (message.focus) signals.emit("focus", true);
}

function followPointer(signals: Signals<SessionSignals>): void {
  document.addEventListener("pointermove", (event) => signals.emit("pointer", { x: event.clientX, y: event.clientY }));
  document.addEventListener("pointerleave", () => signals.emit("pointer", null));
}

/** Whoever opened something inside of the chat stops the event before it comes here. */
function closeOnEscape(close: () => void): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
}
