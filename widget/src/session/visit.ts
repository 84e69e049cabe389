/** Opens, continues and renews a visit over HTTP. */
import type { NewVisit, Problem, Visit } from "../contract.gen.ts";
import { type Boot, readBoot } from "../frame/boot.ts";

/** The server's own refusal, with its stable code and one sentence for people. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: string;
  readonly status: number;

  constructor(problem: Pick<Problem, "code" | "detail" | "status">) {
    super(problem.detail);
    this.code = problem.code;
    this.status = problem.status;
  }
}

/** Whether a value is a problem of ours; acknowledgements are either that or what was asked for. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  return "code" in value && "detail" in value && typeof value.detail === "string";
}

/** Where visits are opened: beside the frame's own page, wherever a proxy has mounted it. */
export class VisitDesk {
  private boot: Boot;
  private readonly frameUrl: string;

  constructor(boot: Boot, frameUrl: string) {
    this.boot = boot;
    this.frameUrl = frameUrl;
  }

  /**
   * Opens a visit, or continues one.
   *
   * @throws Refusal when the server says no; TypeError when it cannot be reached.
   */
  async open(wanted: NewVisit): Promise<Visit> {
    const first = await this.post(wanted);
    if (first.status !== 401) return answerOf<Visit>(first);
    // The boot token lives for minutes; a page that stayed open all day gets a new one from its own address.
    await this.renewBoot();
    return answerOf<Visit>(await this.post(wanted));
  }

  private post(wanted: NewVisit): Promise<Response> {
    return fetch(new URL("visit", this.frameUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${this.boot.bootToken}`, "content-type": "application/json" },
      body: JSON.stringify(wanted),
    });
  }

  private async renewBoot(): Promise<void> {
    const page = await fetch(this.frameUrl, { cache: "no-store" });
    if (!page.ok)
      throw new Refusal({
        code: "refused",
        detail: "This site may no longer show this character.",
        status: page.status,
      });
    this.boot = readBoot(new DOMParser().parseFromString(await page.text(), "text/html"));
  }
}

/**
 * The JSON of a response.
 *
 * @throws Refusal for every status that is no success; a body that is no problem of ours gets a sentence of its own.
 */
export async function answerOf<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const body: unknown = await response.json().catch(() => null);
  const status = response.status;
  if (isProblem(body)) throw new Refusal({ code: body.code, detail: body.detail, status });
  throw new Refusal({
    code: status >= 500 ? "unavailable" : "refused",
    detail: `The server answered ${status}.`,
    status,
  });
}
