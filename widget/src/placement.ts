/**
 * Whether an embed shows itself on a page: one pure function over the placement's rules. `shared/placement` decides
 * alike; both are held to tests/data/placement.json.
 */
import type { Hours, Placement } from "./contract.gen.ts";

export type Device = "phone" | "tablet" | "desktop";

/** What the rules may ask about the page, who looks at it, and when. What costs something to know may be a getter. */
export interface PageFacts {
  /** The whole path with its query and hash left off, such as `/shop/chairs`. */
  readonly path: string;
  readonly query: string;
  /** Host that the visitor came to the site from; empty when from none. */
  readonly referrer: string;
  readonly device: Device;
  /** Of the viewport, in CSS pixels. */
  readonly width: number;
  /** The visitor's languages as BCP 47 tags, best first. */
  readonly languages: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The visitor's own, as IANA name; empty for this browser's. */
  readonly zone: string;
  /** Which visit this is; the first is 1. */
  readonly visits: number;
  readonly audience: Readonly<Record<string, string>>;
  /** What tells visitors apart, and the embed: `embed:visitor`. */
  readonly visitor: string;
  /** On the page so far. */
  readonly seconds: number;
  /** How far down the visitor has been, in percent; 100 where nothing scrolls. */
  readonly scroll: number;
  /** The pointer has left the page at its top. */
  readonly left: boolean;
}

/** Waiting is for what comes true while the visitor stays: delay, scroll, the pointer leaving. */
export type PlacementState = "shown" | "hidden" | "waiting";

export interface Verdict {
  readonly state: PlacementState;
  /** The rules that the state follows from, by their fields' names; none when it is shown. */
  readonly unmet: readonly string[];
}

/** Every given rule about page, visitor and hour must hold; then the moment must have come. */
export function decide(rules: Placement, page: PageFacts): Verdict {
  const hidden = unmetOf(standing(rules, page));
  if (hidden.length > 0) return { state: "hidden", unmet: hidden };
  const steady: Check[] = [
    ["delay_seconds", page.seconds >= rules.delay_seconds],
    ["scroll_percent", page.scroll >= rules.scroll_percent],
  ];
  const waiting = unmetOf(steady);
  const leaves = rules.exit_intent;
  // Leaving is another way to be shown, beside delay and scroll where there are any.
  const came = leaves && page.left ? true : waiting.length === 0 && (!leaves || !!(rules.delay_seconds || rules.scroll_percent));
  if (came) return { state: "shown", unmet: [] };
  return { state: "waiting", unmet: leaves ? [...waiting, "exit_intent"] : waiting };
}

type Check = readonly [rule: keyof Placement, holds: boolean];

function unmetOf(checks: readonly Check[]): string[] {
  return checks.filter(([, holds]) => !holds).map(([rule]) => rule);
}

function standing(rules: Placement, page: PageFacts): readonly Check[] {
  const { include_paths, referrers, devices, languages, hours } = rules;
  const onPage = (pattern: string): boolean => matches(pattern, page.path);
  const query = new URLSearchParams(page.query);
  return [
    ["include_paths", none(include_paths) || include_paths.some(onPage)],
    ["exclude_paths", !rules.exclude_paths.some(onPage)],
    ["query", each(rules.query, (name, pattern) => query.getAll(name).some((value) => matches(pattern, value)))],
    ["referrers", none(referrers) || referrers.some((host) => matchesHost(host, page.referrer))],
    ["devices", none(devices) || devices.includes(page.device)],
    ["minimum_width", page.width >= rules.minimum_width],
    ["languages", none(languages) || languages.some((tag) => speaks(page.languages, tag))],
    ["hours", none(hours) || isOpen(hours, clockIn(page.now, [rules.time_zone, page.zone]))],
    // Visits are counted for those who ask, and only for them: a count has to be kept somewhere.
    ["minimum_visits", rules.minimum_visits < 2 || page.visits >= rules.minimum_visits],
    ["maximum_visits", !rules.maximum_visits || page.visits <= rules.maximum_visits],
    ["audience", each(rules.audience, (name, pattern) => matches(pattern, page.audience[name] ?? null))],
    ["percentage", rules.percentage > 99 || shareOf(page.visitor) < rules.percentage],
  ];
}

const none = (rule: readonly unknown[]): boolean => rule.length === 0;

function each(rule: Record<string, string>, holds: (name: string, pattern: string) => boolean): boolean {
  return Object.entries(rule).every(([name, pattern]) => holds(name, pattern));
}

/**
 * Whether `*` patterns cover the whole text; never, where there is none. No regular expression: a pattern from a
 * configuration could otherwise be made to backtrack without end.
 */
export function matches(pattern: string, text: string | null): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (text === null || rest.length === 0) return text === pattern;
  if (!text.startsWith(head)) return false;
  const tail = rest.pop() ?? "";
  let from = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}

function matchesHost(pattern: string, host: string): boolean {
  return matches(pattern.toLowerCase(), host.toLowerCase() || null);
}

/** `en` covers `en-GB`; `en-GB` covers only itself and what is below it. */
function speaks(languages: readonly string[], wanted: string): boolean {
  const tag = wanted.toLowerCase();
  return languages.some((language) => `${language.toLowerCase()}-`.startsWith(`${tag}-`));
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
type Clock = readonly [day: number, time: string];

/** Day and time in the first of `zones` that there is; in the browser's own where there is none. */
function clockIn(now: number, zones: readonly string[]): Clock {
  const [timeZone, ...others] = zones;
  try {
    const clock = new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(timeZone && { timeZone }),
    }).format(now);
    if (timeZone || none(zones)) return [DAYS.findIndex((day) => clock.toLowerCase().startsWith(day)), clock.slice(-5)];
  } catch {
    // A zone that this browser does not know.
  }
  return clockIn(now, others);
}

function isOpen(hours: readonly Hours[], [day, time]: Clock): boolean {
  return hours.some(({ days, start, end }) => {
    const startsOn = (which: number): boolean => none(days) || days.some((name) => name === DAYS[which % 7]);
    if (start < end) return startsOn(day) && start <= time && time < end;
    // Over midnight, or the whole day.
    return (startsOn(day) && (start === end || time >= start)) || (start !== end && startsOn(day + 6) && time < end);
  });
}

/** Where a visitor stands among a hundred, always the same: 0 to 99. Source: FNV-1a, 32 bits, over UTF-16. */
export function shareOf(visitor: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < visitor.length; place += 1)
    hash = Math.imul(hash ^ visitor.charCodeAt(place), 0x01000193);
  return (hash >>> 0) % 100;
}

/** The kind of device, from its shorter screen side in CSS pixels and whether a finger is the pointer. */
export function deviceOf(shorterSide: number, coarsePointer: boolean): Device {
  if (!coarsePointer) return "desktop";
  return shorterSide < 600 ? "phone" : "tablet";
}
