/** Says each answer to a screen reader once, when it is whole: the transcript itself changes many times a second. */
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../session/session.ts";
import { plainText } from "./markdown-view.tsx";

/** Long enough to be read out; then the words are gone, so that nobody meets them twice while reading by line. */
const KEPT_MILLISECONDS = 15_000;

export function Announcer({ session }: { readonly session: Session }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = session.signals.on("settled", (turnId) => {
      const line = session.lines.find((candidate) => candidate.id === turnId);
      if (line?.author !== "chatbot") return;
      setSaid(plainText(line.state === "failed" ? `${line.text}\n${line.problem ?? ""}` : line.text));
      clearTimeout(timer);
      timer = setTimeout(() => setSaid(""), KEPT_MILLISECONDS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session]);
  return (
    <div class="unseen" role="log" aria-live="polite">
      {said}
    </div>
  );
}
