/** The chat: everything a visitor reads and writes. It works with or without a stage beside it. */
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PublicRelease, TurnCitation, WidgetTexts } from "../contract.gen.ts";
import { textOf } from "../locale.ts";
import type { Lines } from "../session/lines.ts";
import type { ConnectionState, Session } from "../session/session.ts";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { ConnectionNote } from "./connection-note.tsx";
import { Header } from "./header.tsx";
import { Markdown } from "./markdown-view.tsx";
import { ChatbotMessage, VisitorMessage } from "./message.tsx";
import { type Revealing, Reveals } from "./reveals.ts";
import { SourceCard } from "./source-card.tsx";
import { Suggestions } from "./suggestions.tsx";
import { Transcript } from "./transcript.tsx";
import { WORDS } from "./words.ts";

export interface ChatProps {
  readonly session: Session;
  /** Asks the page to close the panel; null where it is part of the page. */
  readonly onClose: (() => void) | null;
  readonly isCalm: () => boolean;
  /** Which the widget speaks; the designer's own words are taken in it. */
  readonly locale: () => string;
}

/** Mounts the chat into `place`; returns what takes it away again. */
export function mountChat(place: Element, props: ChatProps): () => void {
  render(<Chat {...props} />, place);
  return () => render(null, place);
}

function Chat({ session, onClose, isCalm, locale }: ChatProps) {
  const [lines, setLines] = useState<Lines>(session.lines);
  const [connection, setConnection] = useState<ConnectionState>(session.connection);
  const [release, setRelease] = useState<PublicRelease | null>(null);
  const [revealing, setRevealing] = useState<Revealing>(null);
  const [card, setCard] = useState<TurnCitation | null>(null);
  const [focus, setFocus] = useState(0);
  const reveals = useRef<Reveals | null>(null);
  const opener = useRef<HTMLElement | null>(null);

  useEffect(() => {
    const { signals } = session;
    const stops = [
      signals.on("lines", setLines),
      signals.on("connection", setConnection),
      signals.on("focus", () => !isTouch() && setFocus((count) => count + 1)),
    ];
    reveals.current = new Reveals(session, isCalm, setRevealing);
    setLines(session.lines);
    setConnection(session.connection);
    session.release.then(setRelease, () => undefined);
    return () => {
      reveals.current?.dispose();
      for (const stop of stops) stop();
    };
  }, [session, isCalm]);

  const openCard = (citation: TurnCitation, from: HTMLElement): void => {
    opener.current = from;
    setCard(citation);
  };
  const closeCard = (): void => {
    setCard(null);
    opener.current?.focus();
  };
  const interrupt = (): void => {
    session.cancel();
    reveals.current?.skip();
  };
  const name = release?.name ?? "";
  const own = (text: keyof WidgetTexts): string => (release ? textOf(release, locale(), text) : "");
  const consent = own("consent");
  const isFresh = !lines.some((line) => line.author === "visitor");
  const isAnswering = lines.some((line) => line.author === "chatbot" && line.state === "running") || revealing !== null;

  return (
    <>
      <Header
        name={own("title") || name}
        connection={connection}
        session={session}
        canStartAnother={!isFresh}
        onStartAnother={() => {
          setCard(null);
          void session.startAnother();
        }}
        onClose={onClose}
      />
      <Transcript lines={lines} revealing={revealing}>
        {lines.map((line) =>
          line.author === "visitor" ? (
            <VisitorMessage key={line.id} line={line} onRetry={() => session.askAgain(line.id)} />
          ) : (
            <ChatbotMessage
              key={line.id}
              line={line}
              name={name}
              shown={revealing?.id === line.id ? revealing.shown : null}
              onCitation={openCard}
              onSkip={() => reveals.current?.skip()}
              onRetry={line.answers ? () => session.askAgain(line.answers ?? "") : null}
            />
          ),
        )}
        {isFresh && <Suggestions questions={release?.suggestions ?? []} onAsk={(question) => session.ask(question)} />}
      </Transcript>
      <Announcer session={session} />
      <ConnectionNote state={connection} onTryAgain={() => session.tryNow()} />
      {card && <SourceCard citation={card} onClose={closeCard} />}
      <Composer
        placeholder={own("placeholder") || WORDS.ask}
        isAnswering={isAnswering}
        focus={focus}
        onSend={(text) => {
          setCard(null);
          // Whoever asks on has read enough of the answer before.
          interrupt();
          session.ask(text);
        }}
        onStop={interrupt}
        onTyping={(isTyping) => session.setTyping(isTyping)}
      />
      {consent && (
        <div class="consent" dir="auto">
          <Markdown text={consent} partial={false} citations={[]} onCitation={() => undefined} />
        </div>
      )}
    </>
  );
}

/** A keyboard that slides over half of a phone is opened by the visitor, not by us. */
function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
