/** The list of messages. It stays at its end while the visitor is there, and keeps still while they read above. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Lines } from "../session/lines.ts";
import { Icon } from "./icons.tsx";
import type { Revealing } from "./reveals.ts";
import { WORDS } from "./words.ts";

const NEAR_PIXELS = 48;

export interface TranscriptProps {
  readonly lines: Lines;
  readonly revealing: Revealing;
  readonly children: ComponentChildren;
}

export function Transcript({ lines, revealing, children }: TranscriptProps) {
  const box = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [isAway, setIsAway] = useState(false);
  const last = lines.at(-1);
  const toEnd = (): void => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };

  useLayoutEffect(() => {
    if (last?.author === "visitor" && last.state === "waiting") sticks.current = true;
    if (sticks.current) toEnd();
  }, [lines, revealing]);

  return (
    <div class="transcript">
      <section
        ref={box}
        class="scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={WORDS.conversation}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          sticks.current = scrollHeight - scrollTop - clientHeight < NEAR_PIXELS;
          setIsAway(!sticks.current);
        }}
      >
        <ol>{children}</ol>
      </section>
      {isAway && (
        <button type="button" class="latest" aria-label={WORDS.latest} title={WORDS.latest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}
