/**
 * embed.js: shows the launcher on somebody's page and opens the frame. It sets no global but `Troupe`, touches no style
 * of the page, and never throws into it.
 */
import { callOf, type TroupeApi, type TroupeEvent, type TroupeListener } from "./loader/api.ts";
import { Embed } from "./loader/embed.ts";

declare global {
  interface Window {
    /** Before we come: an array of calls to make, such as `["open"]`. */
    Troupe?: TroupeApi | unknown[];
  }
}

function install(script: HTMLScriptElement | null): void {
  const known = window.Troupe;
  const api = known && !Array.isArray(known) ? known : newApi(Array.isArray(known) ? known : []);
  const embedId = script?.dataset.embedId;
  if (script && embedId) api.add(script, embedId);
}

function newApi(queued: readonly unknown[]): TroupeApi {
  const embeds = new Map<string, Embed>();
  const listeners = new Map<TroupeEvent, Set<TroupeListener>>();
  const early: unknown[] = [...queued];
  const tell = (name: TroupeEvent, embedId: string): void => {
    for (const listener of listeners.get(name) ?? []) guarded(() => listener(embedId), reportToPage);
  };
  const each = (embedId: string | undefined, act: (embed: Embed) => void): void => {
    for (const [id, embed] of embeds) if (!embedId || id === embedId) guarded(() => act(embed));
  };
  const api: TroupeApi = {
    open: (embedId) => each(embedId, (embed) => embed.open()),
    close: (embedId) => each(embedId, (embed) => embed.close()),
    toggle: (embedId) => each(embedId, (embed) => (embed.isOpen ? embed.close() : embed.open())),
    identify: (attributes, embedId) => each(embedId, (embed) => embed.identify(attributes)),
    on: (name, listener) => void listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (name, listener) => void listeners.get(name)?.delete(listener),
    destroy: (embedId) =>
      each(embedId, (embed) => {
        embed.destroy();
        embeds.delete(embed.id);
      }),
    push: (...calls) => {
      for (const call of calls) guarded(() => callOf(api, call)?.());
      return calls.length;
    },
    add(script, embedId) {
      if (embeds.has(embedId)) return;
      embeds.set(embedId, new Embed(script, embedId, (name) => tell(name, embedId)));
      // Calls made before the first embed was there are for it.
      api.push(...early.splice(0));
    },
  };
  window.Troupe = api;
  return api;
}

/** The page's own code and ours never break each other. */
function guarded(act: () => void, report?: (error: unknown) => void): void {
  try {
    act();
  } catch (error) {
    report?.(error);
  }
}

/** What a listener of the page throws is the page's to see; old browsers have no way to tell it. */
function reportToPage(error: unknown): void {
  if ("reportError" in window) reportError(error);
}

guarded(() => install(document.currentScript as HTMLScriptElement | null));
