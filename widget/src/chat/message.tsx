/** One line of the conversation, with what became of it. */
import type { TurnCitation } from "../contract.gen.ts";
import type { ChatbotLine, VisitorLine } from "../session/lines.ts";
import { Icon } from "./icons.tsx";
import { Markdown } from "./markdown-view.tsx";
import { pageOf, sourceName, WORDS } from "./words.ts";

export interface VisitorMessageProps {
  readonly line: VisitorLine;
  readonly onRetry: () => void;
}

export function VisitorMessage({ line, onRetry }: VisitorMessageProps) {
  return (
    <li class="line visitor" data-state={line.state}>
      <span class="unseen">{WORDS.visitor}: </span>
      <div class="bubble" dir="auto">
        {line.text}
      </div>
      {line.state === "failed" && <Trouble sentence={`${WORDS.notSent} ${line.problem ?? ""}`} onRetry={onRetry} />}
    </li>
  );
}

export interface ChatbotMessageProps {
  readonly line: ChatbotLine;
  readonly name: string;
  /** How many code points are visible; null for all. */
  readonly shown: number | null;
  readonly onCitation: (citation: TurnCitation, opener: HTMLElement) => void;
  readonly onRetry: (() => void) | null;
  readonly onSkip: () => void;
}

export function ChatbotMessage({ line, name, shown, onCitation, onRetry, onSkip }: ChatbotMessageProps) {
  const text = shown === null ? line.text : Array.from(line.text).slice(0, shown).join("");
  const isOpen = shown !== null || line.state === "running";
  const isEmpty = text.trim() === "";
  return (
    <li class="line chatbot" data-state={line.state} data-outcome={line.outcome ?? ""}>
      <span class="unseen">{name}: </span>
      {isEmpty && isOpen && <Thinking />}
      {!isEmpty && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the impatient; nothing is lost without it
        // biome-ignore lint/a11y/useKeyWithClickEvents: the same
        <div class="bubble" dir="auto" onClick={isOpen ? onSkip : undefined}>
          <Markdown text={text} partial={isOpen} citations={line.citations} onCitation={onCitation} />
        </div>
      )}
      {!isOpen && <Sources citations={line.citations} onCitation={onCitation} />}
      {!isOpen && <Outcome line={line} />}
      {line.state === "failed" && !(shown !== null) && (
        <Trouble sentence={line.problem ?? WORDS.failed} onRetry={line.retryable ? onRetry : null} />
      )}
    </li>
  );
}

function Thinking() {
  return (
    <div class="bubble thinking" role="img" aria-label={WORDS.thinking}>
      <i />
      <i />
      <i />
    </div>
  );
}

function Sources({
  citations,
  onCitation,
}: Pick<ChatbotMessageProps, "onCitation"> & { readonly citations: readonly TurnCitation[] }) {
  if (citations.length === 0) return null;
  return (
    <ul class="sources" aria-label={WORDS.sources}>
      {citations.map((citation) => (
        <li>
          <button
            type="button"
            class="chip"
            aria-label={sourceName(citation)}
            onClick={(event) => onCitation(citation, event.currentTarget)}
          >
            <b>{citation.number}</b>
            <span dir="auto">{citation.title}</span>
            {citation.page != null && <small>{pageOf(citation.page)}</small>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ line }: { readonly line: ChatbotLine }) {
  if (line.outcome === "nothing_found") {
    return (
      <p class="note">
        <Icon name="search" />
        {WORDS.nothingFound}
      </p>
    );
  }
  return line.outcome === "cancelled" ? <p class="note">{WORDS.stopped}</p> : null;
}

function Trouble({ sentence, onRetry }: { readonly sentence: string; readonly onRetry: (() => void) | null }) {
  return (
    <p class="trouble">
      <span>{sentence}</span>
      {onRetry && (
        <button type="button" class="plain" onClick={onRetry}>
          {WORDS.tryAgain}
        </button>
      )}
    </p>
  );
}
