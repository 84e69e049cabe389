/** The conversation as it is shown: lines, and how an event of a turn changes them. Pure, nothing is changed in place. */
import type { AnyTurnEvent, KeptMessage, TurnCitation, TurnFinished } from "../contract.gen.ts";

export interface VisitorLine {
  readonly author: "visitor";
  readonly id: string;
  readonly text: string;
  /** `waiting`: not yet accepted, because we are offline or another answer comes first. */
  readonly state: "waiting" | "sent" | "failed";
  readonly problem: string | null;
}

export interface ChatbotLine {
  readonly author: "chatbot";
  /** The turn's id; for kept messages the message's, for the greeting `greeting`. */
  readonly id: string;
  /** The visitor's message that it answers, where known. */
  readonly answers: string | null;
  readonly text: string;
  readonly citations: readonly TurnCitation[];
  readonly state: "running" | "finished" | "failed";
  readonly outcome: TurnFinished["outcome"] | null;
  readonly problem: string | null;
  readonly retryable: boolean;
  /** Already read or long finished: shown whole at once, never paced and never announced. */
  readonly old: boolean;
}

export type Line = VisitorLine | ChatbotLine;
export type Lines = readonly Line[];

const FRESH = { citations: [], outcome: null, problem: null, retryable: false } as const;

export function visitorLine(id: string, text: string): VisitorLine {
  return { author: "visitor", id, text, state: "waiting", problem: null };
}

export function greetingLine(text: string): ChatbotLine {
  return { ...FRESH, author: "chatbot", id: "greeting", answers: null, text, state: "finished", old: true };
}

export function runningLine(turnId: string, messageId: string | null): ChatbotLine {
  return { ...FRESH, author: "chatbot", id: turnId, answers: messageId, text: "", state: "running", old: false };
}

/** The line of a message that the server kept. */
export function keptLine(message: KeptMessage): Line {
  if (message.author === "visitor") return { ...visitorLine(message.id, message.text), state: "sent" };
  const citations = message.citations.filter((event): event is TurnCitation => event.type === "citation");
  const line = { ...FRESH, author: "chatbot", id: message.id, answers: null, text: message.text } as const;
  return { ...line, citations, state: "finished", old: true };
}

/** Replaces the visitor's line `id` by what `change` makes of it. */
export function withVisitor(lines: Lines, id: string, change: Partial<VisitorLine>): Lines {
  return lines.map((line) => (line.author === "visitor" && line.id === id ? { ...line, ...change } : line));
}

/** The lines after one event, which must come in the order of its turn. */
export function withEvent(lines: Lines, event: AnyTurnEvent): Lines {
  const known = lines.some((line) => line.author === "chatbot" && line.id === event.turn_id);
  const messageId = event.type === "started" ? event.message_id : null;
  const all = known ? lines : [...lines, runningLine(event.turn_id, messageId)];
  return all.map((line) => {
    if (line.author === "visitor")
      return line.id === messageId ? { ...line, state: "sent" as const, problem: null } : line;
    return line.id === event.turn_id ? changed(line, event) : line;
  });
}

function changed(line: ChatbotLine, event: AnyTurnEvent): ChatbotLine {
  switch (event.type) {
    case "started":
      return { ...line, answers: event.message_id };
    case "delta":
      return { ...line, text: line.text + event.text };
    case "citation":
      return { ...line, citations: [...line.citations, event] };
    case "finished":
      return { ...line, text: event.text, state: "finished", outcome: event.outcome };
    case "failed":
      return { ...line, state: "failed", problem: event.sentence, retryable: event.retryable };
    default:
      return line;
  }
}
