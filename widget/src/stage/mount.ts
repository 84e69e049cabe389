/** Puts the stage into its place: the poster at once, then the avatar over it. */
import type { PublicRelease } from "../contract.gen.ts";
import type { Session } from "../session/session.ts";
import type { Play } from "./actor.ts";
import { readAvatar } from "./load.ts";
import { Stage } from "./stage.ts";
import { lightUp, putOut } from "./view.ts";

/** What a test may read of the stage. */
export interface StageState {
  readonly ready: boolean;
  readonly clip: string | null;
  readonly posture: string;
  readonly gesture: string | null;
  readonly emotion: string;
  readonly plays: readonly Play[];
  readonly seconds: number;
}

declare global {
  interface Window {
    __troupeStage?: StageState;
  }
}

/**
 * Shows the avatar in `bytes` (a GLB on its way), drawn into the canvas of `context`, which is then the stage's own.
 * Resolves when it moves.
 *
 * @throws Error when it cannot be shown.
 */
export async function mountStage(
  place: HTMLElement,
  release: PublicRelease,
  session: Session,
  bytes: Promise<ArrayBuffer>,
  context: WebGL2RenderingContext,
): Promise<Stage> {
  const lit = lightUp(context);
  try {
    const avatar = await readAvatar(await bytes);
    performance.mark("troupe:avatar-read");
    const stage = new Stage(place, release, avatar, session, lit);
    performance.mark("troupe:stage-lit");
    window.__troupeStage = stateOf(stage);
    await stage.open();
    performance.mark("troupe:avatar-moves");
    return stage;
  } catch (error) {
    putOut(lit);
    throw error;
  }
}

function stateOf(stage: Stage): StageState {
  const { actor } = stage;
  return {
    get ready() {
      return stage.ready;
    },
    get clip() {
      return actor.clip;
    },
    get posture() {
      return actor.posture;
    },
    get gesture() {
      return actor.gesture;
    },
    get emotion() {
      return actor.emotion;
    },
    get plays() {
      return actor.plays;
    },
    get seconds() {
      return actor.seconds;
    },
  };
}
