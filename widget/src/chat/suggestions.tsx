/** Questions to begin with. */
import { WORDS } from "./words.ts";

const MOST = 6;

export interface SuggestionsProps {
  readonly questions: readonly string[];
  readonly onAsk: (question: string) => void;
}

export function Suggestions({ questions, onAsk }: SuggestionsProps) {
  if (questions.length === 0) return null;
  return (
    <li class="line">
      <ul class="suggestions" aria-label={WORDS.suggestions}>
        {questions.slice(0, MOST).map((question) => (
          <li key={question}>
            <button type="button" dir="auto" onClick={() => onAsk(question)}>
              {question}
            </button>
          </li>
        ))}
      </ul>
    </li>
  );
}
