/** From letters to mouth shapes: an estimate that reads as speech, for any text in Latin letters and beyond. */
import type { Viseme } from "../contract.gen.ts";

/** One mouth shape and how long it takes, in units of one letter. */
export interface Mouthing {
  readonly viseme: Viseme;
  readonly letters: number;
}

/** Longest first; digraphs are one sound. */
const SOUNDS: readonly (readonly [RegExp, Viseme])[] = [
  [/^(th)/, "TH"],
  [/^(ch|sh|sch|tsch|tch)/, "CH"],
  [/^(ph)/, "FF"],
  [/^(ng)/, "nn"],
  [/^(oo|ou|uu|ew)/, "U"],
  [/^(ee|ea|ie|ei|ai|ay)/, "I"],
  [/^(oa|ow|au|aw)/, "O"],
  [/^([aà-æ])/, "aa"],
  [/^([eè-ë])/, "E"],
  [/^([iyì-ï])/, "I"],
  [/^([oò-øœ])/, "O"],
  [/^([uwù-ü])/, "U"],
  [/^([pbm])/, "PP"],
  [/^([fv])/, "FF"],
  [/^([td])/, "DD"],
  [/^([kgcqxh])/, "kk"],
  [/^([szçß])/, "SS"],
  [/^(j)/, "CH"],
  [/^([nlñ])/, "nn"],
  [/^(r)/, "RR"],
];
/** Scripts that we cannot read still move the mouth: one open shape for each letter, by its code. */
const OTHERS: readonly Viseme[] = ["aa", "E", "O", "nn", "I", "U"];
const PAUSE_LETTERS = 4;

/** The mouth shapes of a piece of text. Marks of sources and of Markdown are silent. */
export function mouthingsOf(text: string): Mouthing[] {
  const spoken = text.toLowerCase().replace(/\[\d{1,3}\]|https?:\/\/\S+|[*_`#>|]/g, "");
  const found: Mouthing[] = [];
  for (let at = 0; at < spoken.length; ) {
    const [mouthing, length] = soundAt(spoken, at);
    found.push(mouthing);
    at += length;
  }
  return found;
}

function soundAt(text: string, at: number): readonly [Mouthing, number] {
  const rest = text.slice(at, at + 4);
  for (const [pattern, viseme] of SOUNDS) {
    const sound = pattern.exec(rest)?.[0];
    if (sound) return [{ viseme, letters: sound.length > 1 ? 1.6 : 1 }, sound.length];
  }
  const code = text.codePointAt(at) ?? 32;
  const length = code > 0xffff ? 2 : 1;
  if (/[.!?;:\n]/.test(rest[0] ?? "")) return [{ viseme: "sil", letters: PAUSE_LETTERS }, 1];
  if (/\p{L}|\p{N}/u.test(String.fromCodePoint(code)))
    return [{ viseme: OTHERS[code % OTHERS.length] ?? "aa", letters: 1 }, length];
  return [{ viseme: "sil", letters: 0.8 }, length];
}
