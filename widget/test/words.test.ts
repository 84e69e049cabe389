/** The widget's languages: every one has every word, and the designer's own words come before ours. */
import { afterEach, expect, test } from "vitest";
import { ORDER, TONGUES } from "../src/chat/tongues.ts";
import { pageOf, speak, WORDS } from "../src/chat/words.ts";
import type { WidgetTexts } from "../src/contract.gen.ts";
import { localeOf, textOf } from "../src/locale.ts";

afterEach(() => speak("en"));

function texts(placeholder: string, title = ""): WidgetTexts {
  return { title, launcher: "", teaser: "", placeholder, consent: "" };
}

test.each(Object.entries(TONGUES))("%s has every word", (_tag, sentence) => {
  const words = sentence.split("|");

  expect(words).toHaveLength(ORDER.length);
  expect(words.filter((word) => word.trim() === "")).toEqual([]);
  expect([...ORDER].sort()).toEqual(Object.keys(WORDS).sort());
});

test("it speaks a language, its regions, and English where it has no words", () => {
  speak("de-AT");
  expect([WORDS.send, pageOf(3)]).toEqual(["Senden", "Seite 3"]);

  speak("xx");
  expect(WORDS.send).toBe("Send");
});

test("own words are taken in the widget's language, then in the chatbot's", () => {
  const spoken = { locale: "en", look: { texts: { de: texts("Was darf es sein?"), en: texts("Ask me", "Help") } } };

  expect(textOf(spoken, "de-CH", "placeholder")).toBe("Was darf es sein?");
  expect(textOf(spoken, "de-CH", "title")).toBe("Help");
  expect(textOf(spoken, "fr", "placeholder")).toBe("Ask me");
  expect(textOf({ ...spoken, look: { texts: {} } }, "de", "title")).toBe("");
});

test("the visitor's first language that there are words in is spoken, unless the placement fixes one", () => {
  const spoken = { locale: "en", look: { texts: { "pt-BR": texts("a"), pt: texts("b"), de: texts("c") } } };
  const speaking = (...languages: string[]): string => {
    Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
    return localeOf(spoken, null);
  };

  expect(speaking("fr", "de-AT", "en")).toBe("de");
  expect(speaking("pt-PT")).toBe("pt");
  expect(speaking("pt-br")).toBe("pt-BR");
  expect(speaking("en-GB", "de")).toBe("en");
  expect(speaking("fr")).toBe("en");
  expect(localeOf(spoken, "nl")).toBe("nl");
});
