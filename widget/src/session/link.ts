/** The line to the server: a visit over HTTP, then one socket, kept alive and with a fresh token. */
import type { Socket } from "socket.io-client";
import type { AnyTurnEvent, AskAccepted, SocketAsk, SocketCancel, SocketResume, Visit } from "../contract.gen.ts";
import type { Keeper } from "./kept.ts";
import { isProblem, Refusal, type VisitDesk } from "./visit.ts";

/** `refused` is final until somebody tries again; `offline` mends itself. */
export type Connection = "connecting" | "online" | "offline" | "refused";

export interface LinkHooks {
  connection(now: Connection, sentence: string | null): void;
  /** A visit was opened; `renewed` when only its token is new. */
  visited(visit: Visit, renewed: boolean): void;
  event(event: AnyTurnEvent): void;
  /** The socket is open: resume what was running, send what was waiting. */
  connected(): void;
}

const ACKNOWLEDGE_MILLISECONDS = 10_000;
const RENEW_BEFORE_MILLISECONDS = 60_000;
const RETRY_MILLISECONDS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

export class Link {
  private readonly desk: VisitDesk;
  private readonly keeper: Keeper;
  private readonly hooks: LinkHooks;
  private readonly socketOrigin: string;
  private socket: Socket | null = null;
  private token = "";
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private closed = false;

  constructor(desk: VisitDesk, keeper: Keeper, socketOrigin: string, hooks: LinkHooks) {
    this.desk = desk;
    this.keeper = keeper;
    this.socketOrigin = socketOrigin;
    this.hooks = hooks;
  }

  get isOpen(): boolean {
    return this.socket?.connected ?? false;
  }

  /** Opens the visit and then the socket; goes on trying until it is refused or closed. */
  async open(): Promise<void> {
    this.hooks.connection("connecting", null);
    // The socket's code comes while the visit is opened; whoever needs it hears of a failure.
    import("socket.io-client").catch(() => undefined);
    if (await this.visit(false)) await this.connect();
  }

  /** Leaves the conversation and opens another. */
  async openAnother(): Promise<void> {
    this.socket?.disconnect();
    this.keeper.write({ conversationId: null, outbox: [] });
    await this.open();
  }

  /** @throws Refusal when the server says no; Error when no acknowledgement came in time. */
  ask(question: SocketAsk): Promise<AskAccepted> {
    return this.send<AskAccepted>("ask", question);
  }

  /** @throws Refusal when the turn is gone; Error when no acknowledgement came in time. */
  async resume(wanted: SocketResume): Promise<void> {
    await this.send("resume", wanted);
  }

  /** @throws Refusal when the turn is gone; Error when no acknowledgement came in time. */
  async cancel(wanted: SocketCancel): Promise<void> {
    await this.send("cancel", wanted);
  }

  typing(): void {
    if (this.isOpen) this.socket?.emit("typing");
  }

  /** Tries at once, for when the network came back or the visitor asks for it. */
  tryNow(): void {
    this.failures = 0;
    if (this.socket && !this.socket.connected) this.socket.connect();
    else if (!this.socket) void this.open();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.renewal);
    clearTimeout(this.retry);
    this.socket?.disconnect();
    this.socket = null;
  }

  private async visit(renewed: boolean): Promise<boolean> {
    const kept = this.keeper.read();
    try {
      const visit = await this.desk.open({ visitor_key: kept.visitorKey, conversation_id: kept.conversationId });
      if (this.closed) return false;
      this.token = visit.token;
      this.failures = 0;
      this.keeper.write({ visitorKey: visit.visitor_key, conversationId: visit.conversation_id });
      this.renewLater(visit);
      this.hooks.visited(visit, renewed);
      return true;
    } catch (error) {
      this.visitFailed(error);
      return false;
    }
  }

  private visitFailed(error: unknown): void {
    if (this.closed) return;
    const isFinal = error instanceof Refusal && error.status < 500 && error.status !== 429;
    if (isFinal) {
      this.hooks.connection("refused", error.message);
      return;
    }
    this.hooks.connection("offline", null);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.open(), this.nextDelay());
  }

  private nextDelay(): number {
    const delay = RETRY_MILLISECONDS[Math.min(this.failures, RETRY_MILLISECONDS.length - 1)] ?? 1_000;
    this.failures += 1;
    // Spread, so that a restarted server is not met by everybody in the same moment.
    return delay * (0.7 + Math.random() * 0.6);
  }

  private renewLater(visit: Visit): void {
    clearTimeout(this.renewal);
    const left = Date.parse(visit.expires_at) - Date.now() - RENEW_BEFORE_MILLISECONDS;
    // setTimeout keeps 31 bits of milliseconds.
    const delay = Math.min(Math.max(left, 1_000), 2 ** 31 - 1);
    this.renewal = setTimeout(() => void this.visit(true), delay);
  }

  private async connect(): Promise<void> {
    if (this.socket) {
      this.socket.connect();
      return;
    }
    const { io } = await import("socket.io-client");
    if (this.closed) return;
    const socket = io(`${this.socketOrigin}/chat`, {
      auth: (give: (auth: { token: string }) => void) => give({ token: this.token }),
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      // A new page is a new engine: connections are not shared with another embed on the same origin.
      forceNew: true,
    });
    this.socket = socket;
    socket.on("connect", () => this.connected());
    socket.on("event", (event: AnyTurnEvent) => this.hooks.event(event));
    socket.on("disconnect", (reason) => this.dropped(reason));
    socket.on("connect_error", () => this.connectFailed());
  }

  private connected(): void {
    this.failures = 0;
    this.hooks.connection("online", null);
    this.hooks.connected();
  }

  private dropped(reason: string): void {
    if (this.closed || reason === "io client disconnect") return;
    this.hooks.connection("offline", null);
    if (reason === "io server disconnect") this.reopenLater();
  }

  private connectFailed(): void {
    if (this.closed) return;
    this.hooks.connection("offline", null);
    // `active` says that socket.io will try by itself; else the server refused us, most likely for the token's age.
    if (!this.socket?.active) this.reopenLater();
  }

  private reopenLater(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(async () => {
      if (await this.visit(true)) this.socket?.connect();
    }, this.nextDelay());
  }

  private async send<T>(name: string, payload: object): Promise<T> {
    if (!this.socket) throw new Error("The socket is not open yet.");
    const answer: unknown = await this.socket.timeout(ACKNOWLEDGE_MILLISECONDS).emitWithAck(name, payload);
    if (isProblem(answer)) throw new Refusal(answer);
    return answer as T;
  }
}
