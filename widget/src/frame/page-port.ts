/** The frame's side of the line to the page that holds it. */
import { HELLO, PORT, type ToFrame, type ToPage, typeOf } from "../port.ts";
import type { SessionSignals } from "../session/session.ts";
import type { Signals } from "../signals.ts";

export interface PagePort {
  /** False where somebody opened the frame's address by itself. */
  readonly isFramed: boolean;
  /** Sends now, or as soon as the page has given its port. */
  say(message: ToPage): void;
}

/** Greets the page at `site` and only it; what comes from elsewhere is not heard. */
export function pagePort(site: string, signals: Signals<SessionSignals>): PagePort {
  const isFramed = window.parent !== window;
  const early: ToPage[] = [];
  let port: MessagePort | null = null;
  const greeted = (event: MessageEvent): void => {
    const [given] = event.ports;
    if (event.source !== window.parent || event.origin !== site || typeOf(event.data) !== PORT || !given) return;
    window.removeEventListener("message", greeted);
    port = given;
    port.onmessage = (message) => hear(message.data as ToFrame, signals);
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
  return { isFramed, say };
}

function hear(message: ToFrame, signals: Signals<SessionSignals>): void {
  if (message.type === "pointer") signals.emit("pointer", { x: message.x, y: message.y });
  else signals.emit("shown", message.type === "shown");
  if (message.type === "shown") document.documentElement.dataset.closable = String(message.closable);
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
