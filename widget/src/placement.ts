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
  /** The visitor's own, as IANA name, where that is not this browser's. */
  readonly zone?: string;
  /** Which visit this is; the first is 1. */
  readonly visits: number;
  readonly audience: Readonly<Record<string, string>>;
  /** What tells visitors apart, and the embed: `embed:visitor`. */
  readonly key: string;
  /** On the page so far. */
  readonly seconds: number;
  /** How far down the visitor has been, in percent; 100 where nothing scrolls. */
  readonly scroll: number;
  /** The pointer has left the page at its top. */
  readonly left: boolean;
}

/** Waiting is for what comes true while the visitor stays: delay, scroll, the pointer leaving. */
export type PlacementState = "shown" | "hidden" | "waiting";

/** Every given rule about page, visitor and hour must hold; then the moment must have come. */
export function decide(rules: Placement, page: PageFacts): PlacementState {
  if (!fits(rules, page)) return "hidden";
  const { delay_seconds, scroll_percent, exit_intent } = rules;
  const stayed = page.seconds >= delay_seconds && page.scroll >= scroll_percent;
  // Leaving is another way to be shown, beside delay and scroll where there are any.
  const came = exit_intent ? page.left || (stayed && delay_seconds + scroll_percent > 0) : stayed;
  return came ? "shown" : "waiting";
}

/** What no rule asks for is not looked at: to know visits or visitor, something has to be kept about them. */
function fits(rules: Placement, page: PageFacts): boolean {
  const onPage = (pattern: string): boolean => matches(pattern, page.path);
  const query = new URLSearchParams(page.query);
  return (
    some(rules.include_paths, onPage) &&
    !rules.exclude_paths.some(onPage) &&
    each(rules.query, (name, pattern) => query.getAll(name).some((value) => matches(pattern, value))) &&
    some(rules.referrers, (host) => matches(host.toLowerCase(), page.referrer.toLowerCase() || null)) &&
    some(rules.devices, (device) => device === page.device) &&
    page.width >= rules.minimum_width &&
    some(rules.languages, (tag) => page.languages.some((language) => isBelow(language, tag))) &&
    some(rules.hours, (hours) => isWithin(hours, page.now, rules.time_zone, page.zone)) &&
    (rules.minimum_visits < 2 || page.visits >= rules.minimum_visits) &&
    (!rules.maximum_visits || page.visits <= rules.maximum_visits) &&
    each(rules.audience, (name, pattern) => matches(pattern, page.audience[name] ?? null)) &&
    (rules.percentage > 99 || shareOf(page.key) < rules.percentage)
  );
}

/** One of them is enough; where there are none, nothing is asked. */
function some<Entry>(rule: readonly Entry[], holds: (entry: Entry) => boolean): boolean {
  return rule.length === 0 || rule.some(holds);
}

function each(rule: Record<string, string>, holds: (name: string, pattern: string) => boolean): boolean {
  return Object.entries(rule).every(([name, pattern]) => holds(name, pattern));
}

/**
 * Whether `*` patterns cover the whole text; never, where there is none. No regular expression: a pattern from a
 * configuration could otherwise be made to backtrack without end.
 */
export function matches(pattern: string, text: string | null): boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (text === null || tail === undefined) return text === pattern;
  let from = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.startsWith(head) && text.length - tail.length >= from && text.endsWith(tail);
}

/** `en-GB` is below `en` and itself; `en` is not below `en-GB`. */
export function isBelow(language: string, tag: string): boolean {
  return `${language}-`.toLowerCase().startsWith(`${tag}-`.toLowerCase());
}

const DAY = 864e5;

function isWithin({ days, start, end }: Hours, now: number, zone: string, own?: string): boolean {
  const startsOn = (moment: number): boolean => some(days, (day) => day === clockIn(moment, zone, own).slice(0, 3));
  const time = clockIn(now, zone, own).slice(-5);
  if (start < end) return startsOn(now) && start <= time && time < end;
  if (start === end) return startsOn(now);
  return (startsOn(now) && time >= start) || (startsOn(now - DAY) && time < end);
}

/** Day and time, such as `tue 22:00`, in `zone`; in the visitor's own zone where that is none or unknown here. */
function clockIn(moment: number, zone?: string, own?: string): string {
  try {
    return new Date(moment)
      .toLocaleString("en-GB", {
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
        timeZone: zone || own || undefined,
      })
      .toLowerCase();
  } catch {
    return clockIn(moment, own);
  }
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
