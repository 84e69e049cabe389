/** A small typed emitter: what session, chat and stage hear of each other. */

export type Listener<T> = (value: T) => void;
export type Stop = () => void;

/** Signals by name, each with the type of its value. */
export class Signals<Kinds extends object> {
  private readonly listeners = new Map<keyof Kinds, Set<Listener<never>>>();

  /** Calls `listener` at every emission until the returned function is called. */
  on<Name extends keyof Kinds>(name: Name, listener: Listener<Kinds[Name]>): Stop {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  emit<Name extends keyof Kinds>(name: Name, value: Kinds[Name]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) (listener as Listener<Kinds[Name]>)(value);
  }

  clear(): void {
    this.listeners.clear();
  }
}
