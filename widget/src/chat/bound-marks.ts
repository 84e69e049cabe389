/** Keeps citation marks on the line of the word that they belong to, and the full stop behind them on it too. */
import type { Inline } from "./inlines.ts";

/** What stands on one line together: the end of a text, its marks, the punctuation after them. */
export interface Bound {
  readonly kind: "bound";
  readonly inlines: readonly Inline[];
}

/** A longer word may break, or a narrow panel would be torn open. */
const LONGEST_WORD = 24;

export function bindMarks(inlines: readonly Inline[]): (Inline | Bound)[] {
  const bound: (Inline | Bound)[] = [];
  let rest = [...inlines];
  for (let next = rest.shift(); next; next = rest.shift()) {
    const marks = rest.slice(0, countMarks(rest));
    if (marks.length === 0 || next.kind !== "text") {
      bound.push(next);
      continue;
    }
    const [before, word] = splitLastWord(next.text);
    const [stop, after] = splitStop(rest.slice(marks.length));
    if (before) bound.push({ kind: "text", text: before });
    bound.push({ kind: "bound", inlines: [...textOf(word), ...marks, ...textOf(stop)] });
    rest = after;
  }
  return bound;
}

function countMarks(inlines: readonly Inline[]): number {
  const end = inlines.findIndex((inline) => inline.kind !== "citation");
  return end < 0 ? inlines.length : end;
}

function splitLastWord(text: string): readonly [string, string] {
  const word = /\S*$/.exec(text)?.[0] ?? "";
  return word.length > LONGEST_WORD ? [text, ""] : [text.slice(0, text.length - word.length), word];
}

/** Takes the punctuation off the text that follows the marks. */
function splitStop(rest: Inline[]): readonly [string, Inline[]] {
  const [first, ...others] = rest;
  if (first?.kind !== "text") return ["", rest];
  const stop = /^[.,;:!?)\]»”"']+/.exec(first.text)?.[0] ?? "";
  return [stop, [...textOf(first.text.slice(stop.length)), ...others]];
}

function textOf(text: string): Inline[] {
  return text === "" ? [] : [{ kind: "text", text }];
}
