/** Shows a Markdown tree as DOM nodes. There is no way from here to `innerHTML`. */
import type { ComponentChildren } from "preact";
import type { TurnCitation } from "../contract.gen.ts";
import { bindMarks } from "./bound-marks.ts";
import { type Block, type Inline, parseMarkdown } from "./markdown.ts";
import { sourceName } from "./words.ts";

export interface MarkdownProps {
  readonly text: string;
  /** True while more of the text is to come. */
  readonly partial: boolean;
  readonly citations: readonly TurnCitation[];
  readonly onCitation: (citation: TurnCitation, opener: HTMLElement) => void;
}

type Context = Pick<MarkdownProps, "citations" | "onCitation">;

export function Markdown({ text, partial, citations, onCitation }: MarkdownProps) {
  const blocks = parseMarkdown(text, { partial, citations: new Set(citations.map((citation) => citation.number)) });
  return <div class="prose">{blocks.map((block) => showBlock(block, { citations, onCitation }))}</div>;
}

function showBlock(block: Block, context: Context): ComponentChildren {
  switch (block.kind) {
    case "paragraph":
      return <p>{showInlines(block.inlines, context)}</p>;
    case "heading":
      // The page has its own outline; a message's headings stand below it.
      return (
        // biome-ignore lint/a11y/useSemanticElements: its level is a number that the answer chose
        <p class="heading" role="heading" aria-level={Math.min(6, block.level + 2)}>
          {showInlines(block.inlines, context)}
        </p>
      );
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reachable by keyboard
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return <blockquote>{block.blocks.map((inner) => showBlock(inner, context))}</blockquote>;
    case "rule":
      return <hr />;
    case "list":
      return showList(block, context);
    case "table":
      return showTable(block, context);
  }
}

function showList(block: Extract<Block, { kind: "list" }>, context: Context): ComponentChildren {
  const items = block.items.map((blocks) => <li>{blocks.map((inner) => showBlock(inner, context))}</li>);
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
}

function showTable(block: Extract<Block, { kind: "table" }>, context: Context): ComponentChildren {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reachable by keyboard
    <div class="table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {block.head.map((cell) => (
              <th scope="col">{showInlines(cell, context)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{showInlines(cell, context)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function showInlines(inlines: readonly Inline[], context: Context): ComponentChildren {
  return bindMarks(inlines).map((part) => {
    if (part.kind !== "bound") return showInline(part, context);
    return <span class="bound">{part.inlines.map((inline) => showInline(inline, context))}</span>;
  });
}

function showInline(inline: Inline, context: Context): ComponentChildren {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "break":
      return <br />;
    case "code":
      return <code>{inline.text}</code>;
    case "strong":
      return <strong>{showInlines(inline.inlines, context)}</strong>;
    case "emphasis":
      return <em>{showInlines(inline.inlines, context)}</em>;
    case "strike":
      return <s>{showInlines(inline.inlines, context)}</s>;
    case "link":
      return (
        <a href={inline.href} target="_blank" rel="noopener noreferrer nofollow">
          {showInlines(inline.inlines, context)}
        </a>
      );
    case "citation":
      return showCitation(inline.number, context);
  }
}

function showCitation(number: number, { citations, onCitation }: Context): ComponentChildren {
  const citation = citations.find((candidate) => candidate.number === number);
  if (!citation) return `[${number}]`;
  return (
    <button
      type="button"
      class="mark"
      aria-label={sourceName(citation)}
      onClick={(event) => onCitation(citation, event.currentTarget)}
    >
      {number}
    </button>
  );
}

/** The words of an answer as a screen reader is to say them: no marks, no numbers of sources. */
export function plainText(text: string): string {
  return parseMarkdown(text, { partial: false, citations: new Set(Array.from({ length: 100 }, (_, number) => number)) })
    .map(blockText)
    .join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "code":
      return block.text;
    case "rule":
      return "";
    case "quote":
      return block.blocks.map(blockText).join("\n");
    case "list":
      return block.items.map((item) => item.map(blockText).join("\n")).join("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(inlineText).join(", ")).join("\n");
    default:
      return inlineText(block.inlines);
  }
}

function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === "citation") return "";
      if (inline.kind === "break") return "\n";
      return "text" in inline ? inline.text : inlineText(inline.inlines);
    })
    .join("");
}
