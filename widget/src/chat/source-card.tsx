/** The passage behind a citation mark, as a card over the composer. */
import { useEffect, useRef } from "preact/hooks";
import type { TurnCitation } from "../contract.gen.ts";
import { Icon } from "./icons.tsx";
import { safeHref } from "./inlines.ts";
import { pageOf, sourceName, WORDS } from "./words.ts";

export function SourceCard({ citation, onClose }: { readonly citation: TurnCitation; readonly onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), [citation]);
  const href = citation.url ? safeHref(citation.url) : null;
  return (
    <section
      class="card"
      aria-label={sourceName(citation)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <b class="number">{citation.number}</b>
        <div>
          <h2 dir="auto">{citation.title}</h2>
          <Place citation={citation} />
        </div>
        <button ref={close} type="button" class="icon" aria-label={WORDS.close} title={WORDS.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <blockquote dir="auto">{citation.text}</blockquote>
      {href && (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {WORDS.openSource}
        </a>
      )}
    </section>
  );
}

function Place({ citation }: { readonly citation: TurnCitation }) {
  const page = citation.page == null ? [] : [pageOf(citation.page)];
  const places = [...page, ...citation.heading];
  return places.length > 0 ? <p>{places.join(" › ")}</p> : null;
}
