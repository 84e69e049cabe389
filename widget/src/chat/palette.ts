/** Colours of the chat from one accent: readable in light and dark, whatever the designer chose. */

export interface Palette {
  /** Fill of the visitor's messages and of the send button. */
  readonly accent: string;
  /** Text on the fill; at least 4.5 to 1 (WCAG AA). */
  readonly onAccent: string;
  /** The accent as text or icon on the panel, in a bubble and on a citation mark; at least 4.5 to 1 on each. */
  readonly accentText: string;
}

export type Theme = "light" | "dark";
type Rgb = readonly [number, number, number];

/** What text stands on: the panel's own surface and a bubble. frame.css says the same. */
export const SURFACE: Readonly<Record<Theme, string>> = { light: "#ffffff", dark: "#16171c" };
export const BUBBLE: Readonly<Record<Theme, string>> = { light: "#f2f3f7", dark: "#24262e" };
/** How much of the accent a citation mark has; chat.css says the same. */
export const MARK_SHARE = 0.15;
const WANTED = 4.5;
const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [20, 20, 26];

export function paletteFor(accent: string, theme: Theme): Palette {
  const colour = parseHex(accent);
  const away = theme === "light" ? INK : WHITE;
  // White on the accent is the calmer look, so it may cost a little darkness before ink is taken.
  const fill = until(colour, INK, (candidate) => contrast(candidate, WHITE) >= WANTED, 0.25);
  const takesWhite = contrast(fill, WHITE) >= WANTED;
  const base = takesWhite ? fill : until(colour, WHITE, (candidate) => contrast(candidate, INK) >= WANTED);
  const grounds = [SURFACE[theme], BUBBLE[theme], markOf(hex(base), theme)].map(parseHex);
  const text = until(colour, away, (candidate) => grounds.every((ground) => contrast(candidate, ground) >= WANTED));
  return { accent: hex(base), onAccent: takesWhite ? "#ffffff" : hex(INK), accentText: hex(text) };
}

/** Dark or light words, whichever is read better over a ground that the designer chose. */
export function inkOn(ground: string): string {
  const colour = parseHex(ground);
  return contrast(INK, colour) > contrast(WHITE, colour) ? hex(INK) : hex(WHITE);
}

/** The ground of a citation mark. */
export function markOf(accent: string, theme: Theme): string {
  return hex(mix(parseHex(SURFACE[theme]), parseHex(accent), MARK_SHARE));
}

/** Contrast of two colours by WCAG 2, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(parseHex(one), parseHex(other));
}

function until(from: Rgb, to: Rgb, fits: (candidate: Rgb) => boolean, most = 1): Rgb {
  for (let share = 0; share < most; share += 0.02) {
    const candidate = mix(from, to, share);
    if (fits(candidate)) return candidate;
  }
  return mix(from, to, most);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance. Source: WCAG 2.2, definitions. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parseHex(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hex(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
