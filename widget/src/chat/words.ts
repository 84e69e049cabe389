/** What the interface itself says. One function per sentence that has a part to fill in. */
import type { TurnCitation } from "../contract.gen.ts";

export const WORDS = {
  ask: "Ask something…",
  send: "Send",
  stop: "Stop the answer",
  close: "Close",
  another: "Start a new conversation",
  pause: "Pause motion",
  play: "Let it move",
  thinking: "Thinking",
  online: "Online",
  connecting: "Connecting…",
  offline: "No connection. What you write is sent when it is back.",
  refused: "This character is not available here.",
  tryAgain: "Try again",
  notSent: "Not sent.",
  waiting: "Waiting to be sent",
  failed: "The answer broke off.",
  stopped: "Stopped",
  nothingFound: "Nothing about this in the sources",
  sources: "Sources",
  latest: "To the latest message",
  conversation: "Conversation",
  suggestions: "Suggested questions",
  visitor: "You",
  openSource: "Open the source",
  source: (citation: TurnCitation): string => `Source ${citation.number}: ${placeOf(citation)}`,
} as const;

/** Where a passage stands, in one line: title and page. */
export function placeOf(citation: Pick<TurnCitation, "title" | "page">): string {
  return citation.page == null ? citation.title : `${citation.title}, page ${citation.page}`;
}
