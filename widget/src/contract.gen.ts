/* Written by `python -m shared.contract.schema` from shared/contract. Do not edit. */

export type Emotion =
  | "neutral"
  | "happy"
  | "excited"
  | "warm"
  | "amused"
  | "curious"
  | "thinking"
  | "confused"
  | "surprised"
  | "sad"
  | "sorry"
  | "afraid"
  | "angry";
export type Role =
  | "idle"
  | "idle_variant"
  | "listening"
  | "thinking"
  | "talking"
  | "greet"
  | "goodbye"
  | "nod"
  | "shake_head"
  | "shrug"
  | "present"
  | "approve"
  | "thank"
  | "celebrate"
  | "laugh"
  | "sad"
  | "surprised"
  | "confused"
  | "shy"
  | "frustrated"
  | "afraid"
  | "affection"
  | "attention"
  | "poked"
  | "dance"
  | "sleep"
  | "appear";
export type AnyTurnEvent = TurnStarted | TurnDelta | TurnCue | TurnCitation | TurnFinished | TurnFailed;
export type Viseme =
  "sil" | "PP" | "FF" | "TH" | "DD" | "kk" | "CH" | "SS" | "nn" | "RR" | "aa" | "E" | "I" | "O" | "U";

/**
 * The published map from an avatar's own clips to roles, emotions and face.
 */
export interface ActingMap {
  roles: {
    [k: string]: RoleClip[];
  };
  clips: {
    [k: string]: ClipSettings;
  };
  emotions: {
    [k: string]: EmotionFace;
  };
  /**
   * @maxItems 500
   */
  rules: CueRule[];
  face: FaceRig;
  preset: "receptionist" | "friendly" | "lively" | "cartoon";
  snappiness: number;
  front: "+Z" | "-Z";
}
/**
 * One clip that may play a role.
 */
export interface RoleClip {
  clip: string;
  weight: number;
  confidence: number;
  source: "name" | "motion" | "designer";
  emotion: Emotion | null;
}
/**
 * How one clip is played; times in seconds of the clip's own time.
 */
export interface ClipSettings {
  duration: number;
  active_start: number;
  active_end: number | null;
  loop: boolean;
  trim: boolean;
  speed: number;
  mirror: boolean;
  lock_root: boolean;
  mask: "full" | "upper" | "head";
  additive: boolean;
  fade_in_seconds: number | null;
  fade_out_seconds: number | null;
  cooldown_seconds: number | null;
  hidden: boolean;
  licence: string;
  fingerprint: string;
}
/**
 * What an emotion does to the face and, strong enough, to the body.
 */
export interface EmotionFace {
  morphs: {
    [k: string]: number;
  };
  role: Role | null;
  clip: string | null;
  minimum_intensity: number;
}
/**
 * A designer's correction: where these words are said, act like this and not otherwise.
 */
export interface CueRule {
  words: string;
  emotion: Emotion;
  intensity: number;
  role: Role | null;
  clip: string | null;
  suppress: boolean;
}
/**
 * Where the avatar's face and head are: morph target and node names as they stand in the GLB.
 */
export interface FaceRig {
  mouth_tier: "visemes" | "open" | "none";
  visemes: {
    [k: string]: string;
  };
  mouth_open: string | null;
  jaw: string | null;
  blink: string[];
  head: string | null;
  neck: string | null;
  eyes: string[];
}
/**
 * The turn was accepted.
 */
export interface TurnStarted {
  turn_id: string;
  seq: number;
  type: "started";
  message_id: string;
}
/**
 * More of the shown text, starting at code point `offset` of it.
 */
export interface TurnDelta {
  turn_id: string;
  seq: number;
  type: "delta";
  offset: number;
  text: string;
}
/**
 * Something to act when its place in the text is shown or heard.
 */
export interface TurnCue {
  turn_id: string;
  seq: number;
  type: "cue";
  role: Role | null;
  emotion: Emotion;
  intensity: number;
  clip: string | null;
  offset: number;
  shown_offset: number;
  source: "designer" | "marker" | "event" | "rule" | "classifier";
  confidence: number;
}
/**
 * The source behind mark `[number]` of the shown text. Sent before the mark's own delta.
 */
export interface TurnCitation {
  turn_id: string;
  seq: number;
  type: "citation";
  number: number;
  document_id: string;
  title: string;
  text: string;
  page: number | null;
  heading: string[];
  url: string | null;
}
/**
 * The turn ended well. `text` is the whole shown text, so a late client needs nothing else.
 */
export interface TurnFinished {
  turn_id: string;
  seq: number;
  type: "finished";
  text: string;
  outcome: "answered" | "nothing_found" | "small_talk" | "cancelled";
  answered_by: string;
  usage: Usage;
  timings: Timings;
  retrieved: RetrievedPassage[];
  fallbacks: string[];
}
/**
 * Tokens and cost. `cost_microunits` is None when the model's price is unknown, never zero for it.
 */
export interface Usage {
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  cost_microunits: number | null;
  price_snapshot: string;
}
/**
 * Seconds since the turn was opened.
 */
export interface Timings {
  retrieved: number | null;
  first_token: number | null;
  first_delta: number | null;
  finished: number;
}
/**
 * What retrieval offered the model, kept for the designer.
 */
export interface RetrievedPassage {
  document_id: string;
  title: string;
  page: number | null;
  score: number;
}
/**
 * The turn ended badly. What was already shown stays.
 */
export interface TurnFailed {
  turn_id: string;
  seq: number;
  type: "failed";
  code: string;
  sentence: string;
  retryable: boolean;
}
/**
 * The message is stored; its turn is (or was) answered under `turn_id`.
 */
export interface AskAccepted {
  turn_id: string;
}
/**
 * Where the avatar's face and head are: morph target and node names as they stand in the GLB.
 */
export interface FaceRig1 {
  mouth_tier: "visemes" | "open" | "none";
  visemes: {
    [k: string]: string;
  };
  mouth_open: string | null;
  jaw: string | null;
  blink: string[];
  head: string | null;
  neck: string | null;
  eyes: string[];
}
/**
 * A span of the week. An end before the start reaches into the next day; an end equal to it is the whole day.
 */
export interface Hours {
  days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  start: string;
  end: string;
}
/**
 * A message of the conversation so far, with the events that its turn left behind (citations).
 */
export interface KeptMessage {
  id: string;
  author: string;
  text: string;
  at: string;
  citations: (TurnStarted | TurnDelta | TurnCue | TurnCitation | TurnFinished | TurnFailed)[];
}
/**
 * What `embed.js` needs: small, and cached for a short time only.
 */
export interface LoaderConfig {
  embed_id: string;
  release_id: string;
  name: string;
  locale: string;
  look: Look;
  placement: Placement;
  poster_url: string | null;
  frame_url: string;
}
/**
 * How the widget looks.
 */
export interface Look {
  accent: string;
  background: string | null;
  theme: "auto" | "light" | "dark";
  framing: "full" | "half" | "bust";
  size: "small" | "medium" | "large";
  corners: number;
  direction: "auto" | "ltr" | "rtl";
  texts: {
    [k: string]: WidgetTexts;
  };
}
/**
 * The widget's own words in one language, where the designer wants others than ours; empty keeps ours.
 *
 * This interface was referenced by `undefined`'s JSON-Schema definition
 * via the `patternProperty` "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$".
 */
export interface WidgetTexts {
  title: string;
  launcher: string;
  teaser: string;
  placeholder: string;
  consent: string;
}
/**
 * Every given rule must hold; an empty rule holds always.
 */
export interface Placement {
  mode: "bubble" | "inline" | "full";
  side: "left" | "right";
  offset_x: number;
  offset_y: number;
  include_paths: string[];
  exclude_paths: string[];
  query: {
    [k: string]: string;
  };
  /**
   * @maxItems 50
   */
  referrers: string[];
  devices: ("phone" | "tablet" | "desktop")[];
  minimum_width: number;
  languages: string[];
  time_zone: string;
  /**
   * @maxItems 20
   */
  hours: Hours[];
  minimum_visits: number;
  maximum_visits: number | null;
  audience: {
    [k: string]: string;
  };
  percentage: number;
  locale: string | null;
  delay_seconds: number;
  scroll_percent: number;
  exit_intent: boolean;
  open_by_itself: boolean;
}
/**
 * Opens or continues a visit. Both are what an earlier visit was given; a wrong key opens a new one.
 */
export interface NewVisit {
  visitor_key: string | null;
  conversation_id: string | null;
}
/**
 * An error on the wire (RFC 9457): `code` is stable, `detail` is one sentence for people.
 */
export interface Problem {
  code: string;
  title: string;
  detail: string;
  status: number;
  fields: {
    [k: string]: string;
  };
}
/**
 * What a visitor may know of a release. Immutable: cached for ever.
 */
export interface PublicRelease {
  release_id: string;
  name: string;
  locale: string;
  widget_locale: string | null;
  look: Look;
  acting: ActingMap;
  greeting: string;
  suggestions: string[];
  avatar_url: string | null;
  avatar_bytes: number;
  poster_url: string | null;
  sprites: PublicSprites | null;
  credit: string;
}
/**
 * The avatar as still pictures on one sheet: a row for each emotion; mouths shut, half open and open across.
 */
export interface PublicSprites {
  url: string;
  emotions: Emotion[];
  width: number;
  height: number;
}
/**
 * A turn that is still being answered: ask for its events from `seq` 0 on.
 */
export interface RunningTurn {
  turn_id: string;
  message_id: string;
}
/**
 * Client event `ask`: acknowledged with `AskAccepted` or a `Problem`.
 */
export interface SocketAsk {
  message_id: string;
  text: string;
}
/**
 * Client event `cancel`: ends the turn.
 */
export interface SocketCancel {
  turn_id: string;
}
/**
 * Client event `resume`: the server emits again every event of the turn with a greater `seq`.
 */
export interface SocketResume {
  turn_id: string;
  after_seq: number;
}
/**
 * Seconds since the turn was opened.
 */
export interface Timings1 {
  retrieved: number | null;
  first_token: number | null;
  first_delta: number | null;
  finished: number;
}
/**
 * Tokens and cost. `cost_microunits` is None when the model's price is unknown, never zero for it.
 */
export interface Usage1 {
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  cost_microunits: number | null;
  price_snapshot: string;
}
/**
 * A visitor token bound to embed, site and conversation, and the conversation so far.
 */
export interface Visit {
  token: string;
  expires_at: string;
  visitor_key: string;
  conversation_id: string;
  history: KeptMessage[];
  running: RunningTurn | null;
}
