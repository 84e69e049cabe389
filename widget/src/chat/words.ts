/** What the interface itself says, in the language that the widget speaks. */
import type { TurnCitation } from "../contract.gen.ts";
import { ORDER, TONGUES } from "./tongues.ts";

const ENGLISH = {
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
  sourceName: "Source",
  pageName: "Page",
};

/** Changed by `speak` alone, before anything is drawn. */
export const WORDS = { ...ENGLISH };

/** Says everything in the language of `locale` from now on; in English where we have no words in it. */
export function speak(locale: string): void {
  const tongue = TONGUES[locale.toLowerCase().split("-")[0] ?? ""]?.split("|");
  Object.assign(WORDS, ENGLISH);
  if (tongue) for (const [place, name] of ORDER.entries()) WORDS[name] = tongue[place] ?? ENGLISH[name];
}

/** What a citation mark is called. */
export function sourceName(citation: TurnCitation): string {
  return `${WORDS.sourceName} ${citation.number}: ${placeOf(citation)}`;
}

/** Where a passage stands, in one line: title and page. */
export function placeOf(citation: Pick<TurnCitation, "title" | "page">): string {
  return citation.page == null ? citation.title : `${citation.title}, ${pageOf(citation.page).toLowerCase()}`;
}

/** A page by its number. */
export function pageOf(page: number): string {
  return `${WORDS.pageName} ${page}`;
}
