/** Says what is wrong with the connection, when it lasts, and offers a way out. */
import { useEffect, useState } from "preact/hooks";
import type { ConnectionState } from "../session/session.ts";
import { WORDS } from "./words.ts";

/** A short drop mends itself and is nobody's concern. */
const PATIENCE_MILLISECONDS = 1_500;

export function ConnectionNote({
  state,
  onTryAgain,
}: {
  readonly state: ConnectionState;
  readonly onTryAgain: () => void;
}) {
  const [lasts, setLasts] = useState(false);
  const isFine = state.now === "online";
  useEffect(() => {
    setLasts(false);
    if (isFine) return;
    const timer = setTimeout(() => setLasts(true), PATIENCE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isFine]);
  if (isFine || (!lasts && state.now !== "refused")) return null;
  return (
    <div class="connection" role="status">
      <span>{sentence(state)}</span>
      {state.now !== "connecting" && (
        <button type="button" class="plain" onClick={onTryAgain}>
          {WORDS.tryAgain}
        </button>
      )}
    </div>
  );
}

function sentence(state: ConnectionState): string {
  if (state.now === "refused") return state.sentence ?? WORDS.refused;
  return state.now === "offline" ? WORDS.offline : WORDS.connecting;
}
