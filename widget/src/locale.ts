/** Which language the widget speaks, and the designer's own words in it. */
import type { Look, WidgetTexts } from "./contract.gen.ts";

/** What loader and frame both know of a chatbot's languages. */
export interface Spoken {
  /** The chatbot's own. */
  readonly locale: string;
  readonly look: Pick<Look, "texts">;
}

/** What the placement fixes; else the first of the visitor's languages that there are words in; else the chatbot's. */
export function localeOf(spoken: Spoken, fixed: string | null | undefined): string {
  return fixed ?? bestOf([spoken.locale, ...Object.keys(spoken.look.texts)], navigator.languages) ?? spoken.locale;
}

/** The designer's words in `locale`, else in the chatbot's own language; empty where there are none: ours then. */
export function textOf({ locale: own, look: { texts } }: Spoken, locale: string, name: keyof WidgetTexts): string {
  for (const tag of [locale, own]) {
    const text = texts[bestOf(Object.keys(texts), [tag]) ?? ""]?.[name];
    if (text) return text;
  }
  return "";
}

/** The tag that serves best: `de-AT` is served by itself, else by `de`, else by another `de-…`. */
function bestOf(known: string[], wanted: readonly string[]): string | undefined {
  // Of those that begin alike, the most general comes first.
  known.sort();
  for (const tag of wanted) {
    for (let part = tag; part; part = part.replace(/-?[^-]*$/, "")) {
      const found = known.find((other) => `${other}-`.toLowerCase().startsWith(`${part}-`.toLowerCase()));
      if (found) return found;
    }
  }
  return undefined;
}
