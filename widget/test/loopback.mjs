/**
 * A loopback server that speaks the wire of conversations: visits over HTTP, turns over Socket.IO, numbered and
 * replayable as the real server's are. Tests and the page for looking (test/dev) are its only users.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Server } from "socket.io";

/**
 * @typedef {{ after?: number, event: Record<string, unknown> }} Step
 * @typedef {{ turnId: string, messageId: string, events: Record<string, unknown>[], isOver: boolean, timer?: NodeJS.Timeout }} Turn
 */

export class Loopback {
  /** Questions as they came, retries included. @type {{ message_id: string, text: string }[]} */
  asks = [];
  /** Bodies of the visits that were opened. @type {Record<string, unknown>[]} */
  visits = [];
  /** What `visit` answers beside token and ids. @type {Record<string, unknown>} */
  visitExtra = {};
  /** Seconds that a visitor token lives. */
  tokenSeconds = 3600;
  /** Statuses to answer the next visits with, instead of a visit. @type {number[]} */
  visitFailures = [];
  /** Answers the next asks with this problem. @type {Record<string, unknown>[]} */
  askProblems = [];
  /** Loses the acknowledgement of so many asks, with the socket. */
  lostAcknowledgements = 0;
  /** @type {Map<string, Turn>} */
  turns = new Map();
  /** Handles what is no visit. @type {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void} */
  serve = (_request, response) => response.writeHead(404).end();

  /** @param {(question: string) => Step[]} script what a question is answered with, step by step */
  constructor(script) {
    this.script = script;
    this.http = createServer((request, response) => this.#route(request, response));
    this.io = new Server(this.http, { cors: { origin: "*" } });
    this.chat = this.io.of("/chat");
    this.chat.on("connection", (socket) => this.#welcome(socket));
  }

  /** @param {number} port 0 for any @returns {Promise<string>} the origin */
  start(port = 0) {
    return new Promise((done) => {
      this.http.listen(port, "127.0.0.1", () => {
        const address = this.http.address();
        done(`http://127.0.0.1:${typeof address === "object" && address ? address.port : port}`);
      });
    });
  }

  async stop() {
    for (const turn of this.turns.values()) clearTimeout(turn.timer);
    await this.io.close();
  }

  /** Cuts every socket as a lost network does: clients come back by themselves. */
  cut() {
    for (const socket of this.chat.sockets.values()) socket.conn.close();
  }

  /** @param {Record<string, unknown>} event sends it to everybody as it is */
  send(event) {
    this.chat.emit("event", event);
  }

  #route(request, response) {
    if (request.method === "POST" && request.url?.endsWith("/visit")) this.#visit(request, response);
    else if (!request.url?.startsWith("/socket.io")) this.serve(request, response);
  }

  #visit(request, response) {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const wanted = JSON.parse(body);
      this.visits.push(wanted);
      const failure = this.visitFailures.shift();
      if (failure) {
        const problem = { code: "refused", title: "Refused", detail: "Not here.", status: failure, fields: {} };
        response.writeHead(failure, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
        return;
      }
      const visit = {
        token: `token-${this.visits.length}`,
        expires_at: new Date(Date.now() + this.tokenSeconds * 1000).toISOString(),
        visitor_key: wanted.visitor_key ?? randomUUID(),
        conversation_id: wanted.conversation_id ?? randomUUID(),
        history: [],
        running: null,
        ...this.visitExtra,
      };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(visit));
    });
  }

  #welcome(socket) {
    socket.on("ask", (question, acknowledge) => this.#ask(socket, question, acknowledge));
    socket.on("resume", ({ turn_id, after_seq }, acknowledge) => {
      const turn = this.turns.get(turn_id);
      if (!turn) {
        acknowledge({
          code: "not_found",
          title: "Not found",
          detail: "There is no such turn.",
          status: 404,
          fields: {},
        });
        return;
      }
      acknowledge({ ok: true });
      for (const event of turn.events) if (event.seq > after_seq) socket.emit("event", event);
    });
    socket.on("cancel", ({ turn_id }, acknowledge) => {
      acknowledge({ ok: true });
      const turn = this.turns.get(turn_id);
      if (turn && !turn.isOver) this.#end(turn);
    });
  }

  #ask(socket, question, acknowledge) {
    this.asks.push(question);
    const problem = this.askProblems.shift();
    if (problem) {
      acknowledge(problem);
      return;
    }
    const known = [...this.turns.values()].find((turn) => turn.messageId === question.message_id);
    const turn = known ?? this.#open(question);
    if (this.lostAcknowledgements > 0) {
      this.lostAcknowledgements -= 1;
      socket.conn.close();
      return;
    }
    acknowledge({ turn_id: turn.turnId });
  }

  #open(question) {
    const turn = { turnId: randomUUID(), messageId: question.message_id, events: [], isOver: false, timer: undefined };
    this.turns.set(turn.turnId, turn);
    const steps = [{ event: { type: "started", message_id: question.message_id } }, ...this.script(question.text)];
    this.#play(turn, steps);
    return turn;
  }

  #play(turn, steps) {
    const [step, ...rest] = steps;
    if (!step || turn.isOver) return;
    turn.timer = setTimeout(() => {
      this.#emit(turn, step.event);
      this.#play(turn, rest);
    }, step.after ?? 0);
  }

  #emit(turn, event) {
    const numbered = { turn_id: turn.turnId, seq: turn.events.length, ...event };
    turn.events.push(numbered);
    turn.isOver = event.type === "finished" || event.type === "failed";
    this.chat.emit("event", numbered);
  }

  #end(turn) {
    clearTimeout(turn.timer);
    const text = turn.events.map((event) => (event.type === "delta" ? event.text : "")).join("");
    this.#emit(turn, finished(text, "cancelled"));
    turn.isOver = true;
  }
}

/** @param {string} text @param {string} outcome */
export function finished(text, outcome = "answered") {
  const usage = { input_tokens: 0, output_tokens: 0, cached_tokens: 0, cost_microunits: null, price_snapshot: "" };
  const timings = { retrieved: null, first_token: null, first_delta: null, finished: 0 };
  return {
    type: "finished",
    text,
    outcome,
    answered_by: "loopback/script",
    usage,
    timings,
    retrieved: [],
    fallbacks: [],
  };
}

/**
 * An answer in pieces of a few words, with cues and citations at their places.
 * @param {string} text @param {{ every?: number, events?: { at: number, event: Record<string, unknown> }[], outcome?: string }} options
 * @returns {Step[]}
 */
export function answer(text, { every = 40, events = [], outcome = "answered" } = {}) {
  const steps = [];
  let offset = 0;
  for (const piece of text.match(/\S+\s*/gu) ?? []) {
    for (const { at, event } of events)
      if (at >= offset && at < offset + Array.from(piece).length) steps.push({ event });
    steps.push({ after: every, event: { type: "delta", offset, text: piece } });
    offset += Array.from(piece).length;
  }
  steps.push({ event: finished(text, outcome) });
  return steps;
}

/** @param {string} role @param {string} emotion @param {number} intensity @param {number} at @param {string | null} clip */
export function cue(role, emotion, intensity, at, clip = null) {
  return { type: "cue", role, emotion, intensity, clip, offset: at, shown_offset: at, source: "marker", confidence: 1 };
}

/** @param {number} number @param {Record<string, unknown>} fields */
export function citation(number, fields = {}) {
  return {
    type: "citation",
    number,
    document_id: "d1",
    title: "Visitor guide",
    text: "",
    page: null,
    heading: [],
    url: null,
    ...fields,
  };
}
