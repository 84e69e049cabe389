/** The chatbot's name, how the connection is, and the panel's few buttons. */
import { useEffect, useState } from "preact/hooks";
import type { ConnectionState, Session } from "../session/session.ts";
import { Icon } from "./icons.tsx";
import { WORDS } from "./words.ts";

export interface HeaderProps {
  readonly name: string;
  readonly connection: ConnectionState;
  readonly session: Session;
  readonly canStartAnother: boolean;
  readonly onStartAnother: () => void;
  readonly onClose: (() => void) | null;
}

export function Header({ name, connection, session, canStartAnother, onStartAnother, onClose }: HeaderProps) {
  return (
    <header class="top">
      <div class="who">
        <h1>{name}</h1>
        <span class="state" data-now={connection.now}>
          {connection.now === "online" ? WORDS.online : WORDS.connecting}
        </span>
      </div>
      <PauseButton session={session} />
      {canStartAnother && <IconButton icon="another" label={WORDS.another} onClick={onStartAnother} />}
      {onClose && (
        <span class="closing">
          <IconButton icon="close" label={WORDS.close} onClick={onClose} />
        </span>
      )}
    </header>
  );
}

/** Motion beside other content needs a way to stop it (WCAG 2.2.2). */
function PauseButton({ session }: { readonly session: Session }) {
  const [paused, setPaused] = useState(session.motionPaused);
  useEffect(() => session.signals.on("motionPaused", setPaused), [session]);
  const label = paused ? WORDS.play : WORDS.pause;
  return <IconButton icon={paused ? "play" : "pause"} label={label} onClick={() => session.setMotionPaused(!paused)} />;
}

interface IconButtonProps {
  readonly icon: "another" | "close" | "pause" | "play";
  readonly label: string;
  readonly onClick: () => void;
}

function IconButton({ icon, label, onClick }: IconButtonProps) {
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
