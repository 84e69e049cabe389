/** A placement without rules, for tests to add to. */
import type { Placement } from "../src/contract.gen.ts";

export const EVERYWHERE: Placement = {
  mode: "bubble",
  side: "right",
  offset_x: 20,
  offset_y: 20,
  include_paths: [],
  exclude_paths: [],
  query: {},
  referrers: [],
  devices: [],
  minimum_width: 0,
  languages: [],
  time_zone: "",
  hours: [],
  minimum_visits: 0,
  maximum_visits: null,
  audience: {},
  percentage: 100,
  locale: null,
  delay_seconds: 0,
  scroll_percent: 0,
  exit_intent: false,
  open_by_itself: false,
};
