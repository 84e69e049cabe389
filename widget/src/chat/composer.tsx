/** Where the visitor writes: Enter sends, Shift and Enter make a line, and a half-composed character is never sent. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { WORDS } from "./words.ts";

const LONGEST = 4_000;

export interface ComposerProps {
  readonly placeholder: string;
  readonly isAnswering: boolean;
  readonly focus: number;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
  readonly onTyping: (isTyping: boolean) => void;
}

export function Composer({ placeholder, isAnswering, focus, onSend, onStop, onTyping }: ComposerProps) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => grow(field.current), [text]);
  useLayoutEffect(() => {
    if (focus > 0) field.current?.focus({ preventScroll: true });
  }, [focus]);

  const send = (): void => {
    const question = text.trim();
    if (!question) return;
    onSend(question);
    setText("");
    onTyping(false);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        value={text}
        maxLength={LONGEST}
        placeholder={placeholder}
        aria-label={placeholder}
        enterkeyhint="send"
        onInput={(event) => {
          setText(event.currentTarget.value);
          onTyping(event.currentTarget.value !== "");
        }}
        onBlur={() => onTyping(false)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {isAnswering && text.trim() === "" ? (
        <button type="button" class="round stop" aria-label={WORDS.stop} title={WORDS.stop} onClick={onStop}>
          <span class="square" />
        </button>
      ) : (
        <button type="submit" class="round" aria-label={WORDS.send} title={WORDS.send} disabled={text.trim() === ""}>
          <Icon name="send" />
        </button>
      )}
    </form>
  );
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  // Empty it has one line; its scroll height would be the placeholder's, which a narrow or unseen field wraps.
  if (field.value) field.style.height = `${field.scrollHeight}px`;
}
