/** The marks inside a line: emphasis, code, links by scheme allow-list, citation marks. Everything else is text. */

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly inlines: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly href: string; readonly inlines: readonly Inline[] }
  | { readonly kind: "citation"; readonly number: number }
  | { readonly kind: "break" };

export interface InlineOptions {
  /** The text may go on: a mark that is open at its end counts as closed. */
  readonly partial: boolean;
  /** Numbers that a citation mark may carry; `[7]` of another number is text. */
  readonly citations: ReadonlySet<number>;
}

const SCHEMES = new Set(["https:", "http:", "mailto:", "tel:"]);
const LONGEST_HREF = 2_048;
const DEEPEST = 8;

/** The address if a visitor may be sent there, else null. Only absolute addresses of four schemes pass. */
export function safeHref(address: string): string | null {
  const trimmed = address.trim();
  if (trimmed.length > LONGEST_HREF || hasControl(trimmed)) return null;
  try {
    const url = new URL(trimmed);
    return SCHEMES.has(url.protocol) && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}

/** Browsers drop tabs and newlines inside of addresses, which is how `java\nscript:` passes simple checks. */
function hasControl(text: string): boolean {
  return Array.from(text).some((character) => character <= " " || character === "\u007f");
}

export function parseInlines(source: string, options: InlineOptions): Inline[] {
  return new InlineScan(source, options, 0).read();
}

/** One pass over one line of text. Class, because position and pending text belong together. */
class InlineScan {
  private at = 0;
  private pending = "";
  private readonly found: Inline[] = [];
  private readonly source: string;
  private readonly options: InlineOptions;
  private readonly depth: number;

  constructor(source: string, options: InlineOptions, depth: number) {
    this.source = source;
    this.options = options;
    this.depth = depth;
  }

  read(): Inline[] {
    while (this.at < this.source.length) {
      if (!this.mark()) {
        this.pending += this.source[this.at] ?? "";
        this.at += 1;
      }
    }
    this.letGo();
    return this.found;
  }

  private mark(): boolean {
    const character = this.source[this.at] ?? "";
    if (character === "\\") return this.escaped();
    if (character === "\n") return this.add({ kind: "break" }, this.at + 1);
    if (character === "`") return this.code();
    if (character === "*" || character === "_" || character === "~") return this.emphasis(character);
    if (character === "[") return this.citation() || this.link(this.at);
    if (character === "!" && this.source[this.at + 1] === "[") return this.image();
    if (character === "h") return this.bareAddress();
    return false;
  }

  private escaped(): boolean {
    const next = this.source[this.at + 1];
    if (next === undefined || !/[\\`*_{}[\]()#+\-.!~|>]/.test(next)) return false;
    this.pending += next;
    this.at += 2;
    return true;
  }

  private code(): boolean {
    const ticks = /^`+/.exec(this.source.slice(this.at))?.[0] ?? "`";
    const start = this.at + ticks.length;
    const close = this.source.indexOf(ticks, start);
    if (close < 0 && !this.options.partial) return false;
    const end = close < 0 ? this.source.length : close;
    return this.add({ kind: "code", text: this.source.slice(start, end).trim() }, end + ticks.length);
  }

  private emphasis(character: string): boolean {
    const isDouble = this.source[this.at + 1] === character;
    if (character === "~" && !isDouble) return false;
    const mark = isDouble ? character + character : character;
    const start = this.at + mark.length;
    if (!this.opens(character, start)) return this.dropTrailing(start);
    const close = this.closeOf(mark, start);
    if (close < 0 && !this.options.partial) return false;
    const end = close < 0 ? this.source.length : close;
    // The first half of a closing mark may be all that is there yet.
    const content = close < 0 ? this.source.slice(start).replace(/[*_~]+$/, "") : this.source.slice(start, end);
    const kind = character === "~" ? "strike" : isDouble ? "strong" : "emphasis";
    return this.add({ kind, inlines: this.inner(content) }, end + mark.length);
  }

  /** A mark opens before a letter, and `_` only outside of words: `snake_case_name` is no emphasis. */
  private opens(character: string, start: number): boolean {
    const next = this.source[start];
    if (next === undefined || /\s/.test(next)) return false;
    return character !== "_" || !/[\p{L}\p{N}]/u.test(this.source[this.at - 1] ?? "");
  }

  /** A mark that is the last thing yet revealed shows nothing, so that no asterisk flashes up. */
  private dropTrailing(start: number): boolean {
    if (!this.options.partial || start < this.source.length) return false;
    this.at = start;
    return true;
  }

  private closeOf(mark: string, start: number): number {
    for (let at = this.source.indexOf(mark, start + 1); at >= 0; at = this.source.indexOf(mark, at + 1)) {
      const isLonger = mark.length === 1 && (this.source[at + 1] === mark || this.source[at - 1] === mark);
      const afterSpace = /\s/.test(this.source[at - 1] ?? "");
      const insideWord = mark[0] === "_" && /[\p{L}\p{N}]/u.test(this.source[at + mark.length] ?? "");
      if (!isLonger && !afterSpace && !insideWord) return at;
      if (isLonger) at += 1;
    }
    return -1;
  }

  private citation(): boolean {
    const found = /^\[(\d{1,3})\](?!\()/.exec(this.source.slice(this.at, this.at + 6));
    const number = Number(found?.[1]);
    if (found && this.options.citations.has(number)) {
      // A mark stands by the word that it belongs to, and does not begin a line by itself.
      this.pending = this.pending.trimEnd();
      return this.add({ kind: "citation", number }, this.at + found[0].length);
    }
    const isCut = this.options.partial && /^\[\d{0,3}$/.test(this.source.slice(this.at));
    if (isCut) this.at = this.source.length;
    return isCut;
  }

  private link(at: number): boolean {
    const found =
      /^\[((?:[^[\]\\]|\\.)*)\]\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?(?:\s+["'][^"']*["'])?\s*\)/.exec(
        this.source.slice(at),
      );
    if (!found) return this.cutLink(at);
    const inner = this.inner(found[1] ?? "");
    const href = safeHref(found[2] ?? "");
    const end = at + found[0].length;
    if (href) return this.add({ kind: "link", href, inlines: inner }, end);
    // An address that we do not follow leaves its words.
    this.letGo();
    this.found.push(...inner);
    this.at = end;
    return true;
  }

  /** `[words](https://exa` at the end of what is revealed: the words now, the link when it is whole. */
  private cutLink(at: number): boolean {
    const cut = this.options.partial ? /^\[(?!\d+\])([^[\]]*)(\](\([^)\s]*)?)?$/.exec(this.source.slice(at)) : null;
    if (!cut) return false;
    this.letGo();
    this.found.push(...this.inner(cut[1] ?? ""));
    this.at = this.source.length;
    return true;
  }

  /** Images are never fetched (their address could carry words of the conversation away): the description stays. */
  private image(): boolean {
    const found = /^!\[([^\]]*)\]\([^)]*\)/.exec(this.source.slice(this.at));
    if (!found) return false;
    this.pending += found[1] ?? "";
    this.at += found[0].length;
    return true;
  }

  private bareAddress(): boolean {
    if (/[\p{L}\p{N}]/u.test(this.source[this.at - 1] ?? "")) return false;
    const found = /^https?:\/\/[^\s<>"'`\])}]+/.exec(this.source.slice(this.at))?.[0].replace(/[.,;:!?*_]+$/, "");
    const href = found ? safeHref(found) : null;
    if (!found || !href) return false;
    return this.add({ kind: "link", href, inlines: [{ kind: "text", text: found }] }, this.at + found.length);
  }

  private inner(source: string): Inline[] {
    if (this.depth >= DEEPEST) return [{ kind: "text", text: source }];
    return new InlineScan(source, this.options, this.depth + 1).read();
  }

  private add(inline: Inline, next: number): true {
    this.letGo();
    this.found.push(inline);
    this.at = next;
    return true;
  }

  private letGo(): void {
    if (this.pending) this.found.push({ kind: "text", text: this.pending });
    this.pending = "";
  }
}
