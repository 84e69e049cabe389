/**
 * A safe subset of Markdown as a tree: paragraphs, headings, lists, quotes, code, tables, emphasis, links, citation marks.
 * There is no HTML in it and no remote image: what is not known is text. Answers may be cut anywhere while they
 * are revealed, so an open mark at the very end counts as closed.
 */
import { type Inline, type InlineOptions, parseInlines } from "./inlines.ts";

export type { Inline } from "./inlines.ts";

export type Block =
  | { readonly kind: "paragraph"; readonly inlines: readonly Inline[] }
  | { readonly kind: "heading"; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: "table"; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: "rule" };

export type Cell = readonly Inline[];

const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([\w+-]*)/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^\s{0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+•]|\d{1,9}[.)])(\s+)(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const TABLE_LINE = /^\s*\|?(\s*:?-{1,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$/;
const DEEPEST = 6;
/** The server takes acting markers out of the text. Should one ever slip through, no reader sees it. */
const MARKER = /<\/?act\b[^<>\n]{0,64}>/gi;
const CUT_MARKER = /<\/?a?(?:ct\b[^<>\n]{0,64})?$/i;

/** Parses what is visible of an answer. */
export function parseMarkdown(source: string, options: InlineOptions): Block[] {
  const whole = source.replace(/\r\n?/g, "\n").replace(MARKER, "");
  const text = options.partial ? withoutCutTable(whole.replace(CUT_MARKER, "")) : whole;
  return parseBlocks(text.split("\n"), options, 0);
}

/** A table is known by its second line; until that has come, its first would stand there as bars. */
function withoutCutTable(text: string): string {
  const cut = /(?:^|\n\n|\n(?=\|))(\|[^\n]*(?:\n[|\s:-]*)?)$/.exec(text);
  const head = cut?.[1]?.split("\n") ?? [];
  return cut && !TABLE_LINE.test(head[1] ?? "") && !hasTableAbove(text, cut.index) ? text.slice(0, cut.index) : text;
}

function hasTableAbove(text: string, index: number): boolean {
  return /\|\s*$/.test(text.slice(0, index));
}

/** Reads lines from `at` on; each reader returns the block and the line after it, or null when it is not its kind. */
type Reader = (
  lines: readonly string[],
  at: number,
  options: InlineOptions,
  depth: number,
) => readonly [Block, number] | null;

function parseBlocks(lines: readonly string[], options: InlineOptions, depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if ((lines[at] ?? "").trim() === "") {
      at += 1;
      continue;
    }
    const [block, next] = readBlock(lines, at, options, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(
  lines: readonly string[],
  at: number,
  options: InlineOptions,
  depth: number,
): readonly [Block, number] {
  // Nesting is bounded: an answer of a thousand `>` must not exhaust the stack.
  const readers: readonly Reader[] = depth < DEEPEST ? [code, heading, rule, table, quote, list] : [code, heading];
  for (const reader of readers) {
    const found = reader(lines, at, options, depth);
    if (found) return found;
  }
  return paragraph(lines, at, options);
}

function code(lines: readonly string[], at: number): readonly [Block, number] | null {
  const fence = FENCE.exec(lines[at] ?? "");
  if (!fence) return null;
  const mark = fence[1] ?? "```";
  let end = at + 1;
  while (end < lines.length && !(lines[end] ?? "").trimStart().startsWith(mark)) end += 1;
  return [{ kind: "code", language: fence[2] ?? "", text: lines.slice(at + 1, end).join("\n") }, end + 1];
}

function heading(lines: readonly string[], at: number, options: InlineOptions): readonly [Block, number] | null {
  const found = HEADING.exec(lines[at] ?? "");
  if (!found) return null;
  return [{ kind: "heading", level: found[1]?.length ?? 1, inlines: parseInlines(found[2] ?? "", options) }, at + 1];
}

function rule(lines: readonly string[], at: number): readonly [Block, number] | null {
  return RULE.test(lines[at] ?? "") ? [{ kind: "rule" }, at + 1] : null;
}

function quote(
  lines: readonly string[],
  at: number,
  options: InlineOptions,
  depth: number,
): readonly [Block, number] | null {
  const inner: string[] = [];
  let end = at;
  for (let found = QUOTE.exec(lines[end] ?? ""); found; found = QUOTE.exec(lines[end] ?? "")) {
    inner.push(found[1] ?? "");
    end += 1;
  }
  return end === at ? null : [{ kind: "quote", blocks: parseBlocks(inner, options, depth + 1) }, end];
}

function table(lines: readonly string[], at: number, options: InlineOptions): readonly [Block, number] | null {
  const head = lines[at] ?? "";
  if (!head.includes("|") || !TABLE_LINE.test(lines[at + 1] ?? "")) return null;
  let end = at + 2;
  while ((lines[end] ?? "").includes("|")) end += 1;
  const columns = cells(head, options);
  const rows = lines.slice(at + 2, end).map((line) => {
    const found = cells(line, options);
    return columns.map((_, column) => found[column] ?? []);
  });
  return [{ kind: "table", head: columns, rows }, end];
}

function cells(line: string, options: InlineOptions): Cell[] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split("|").map((cell) => parseInlines(cell.trim(), options));
}

function list(
  lines: readonly string[],
  at: number,
  options: InlineOptions,
  depth: number,
): readonly [Block, number] | null {
  const first = ITEM.exec(lines[at] ?? "");
  if (!first || RULE.test(lines[at] ?? "")) return null;
  const ordered = /\d/.test(first[2] ?? "");
  const items: Block[][] = [];
  let next = at;
  for (let item = first as RegExpExecArray | null; item; item = sameList(lines[next], ordered, first)) {
    const [content, end] = itemLines(lines, next, item);
    items.push(parseBlocks(content, options, depth + 1));
    next = skipBlank(lines, end);
  }
  return [{ kind: "list", ordered, start: Number.parseInt(first[2] ?? "1", 10) || 1, items }, next];
}

function sameList(line: string | undefined, ordered: boolean, first: RegExpExecArray): RegExpExecArray | null {
  const item = ITEM.exec(line ?? "");
  if (!item || /\d/.test(item[2] ?? "") !== ordered) return null;
  return (item[1] ?? "").length === (first[1] ?? "").length ? item : null;
}

/** The lines of one item without their indent, and the line after them. */
function itemLines(lines: readonly string[], at: number, item: RegExpExecArray): readonly [string[], number] {
  const content = [item[4] ?? ""];
  const indent = (item[1] ?? "").length;
  let end = at + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    if (endsItem(line, lines[end - 1] ?? "", lines[end + 1] ?? "", indent)) break;
    content.push(line.replace(new RegExp(`^\\s{0,${indent + 2 + (item[3] ?? " ").length - 1}}`), ""));
  }
  return [content, end];
}

/** An item ends at its next sibling, and at a blank line that no indented line follows. */
function endsItem(line: string, before: string, after: string, indent: number): boolean {
  const inner = ITEM.exec(line);
  if (inner && (inner[1] ?? "").length <= indent) return true;
  if (line.trim() === "") return !/^\s{2,}\S/.test(after);
  return !/^\s/.test(line) && before.trim() === "";
}

function skipBlank(lines: readonly string[], at: number): number {
  let next = at;
  while (next < lines.length && (lines[next] ?? "").trim() === "") next += 1;
  // Only a following item keeps the list together; another block finds its blank lines again.
  return ITEM.test(lines[next] ?? "") ? next : at;
}

function paragraph(lines: readonly string[], at: number, options: InlineOptions): readonly [Block, number] {
  let end = at + 1;
  while (end < lines.length && !startsBlock(lines, end)) end += 1;
  const text = lines
    .slice(at, end)
    .map((line) => line.trimStart())
    .join("\n");
  return [{ kind: "paragraph", inlines: parseInlines(text.trimEnd(), options) }, end];
}

function startsBlock(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  return line.trim() === "" || [FENCE, HEADING, RULE, QUOTE, ITEM].some((start) => start.test(line));
}
