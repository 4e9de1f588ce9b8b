// A Graph with a few applications in it, and how tests ask for them as a list.
import { expect } from "vitest";
import { type CallOptions, type GraphUnderTest, startGraph } from "./graph-under-test.js";

export const EVENTUAL = { headers: { ConsistencyLevel: "eventual" } };

export interface ApplicationList {
  readonly graph: GraphUnderTest;
  /** The names of all applications, in the order of a list that names none. */
  readonly all: readonly string[];
  list(query: string, options?: CallOptions): ReturnType<GraphUnderTest["get"]>;
  namesOf(path: string): Promise<string[]>;
  /** Status, code and message of a list that is refused. */
  refusal(query: string, options?: CallOptions): Promise<unknown[]>;
}

export async function startApplicationList(): Promise<ApplicationList> {
  const graph = await startGraph();
  for (const name of ["Bot a", "Bot B", "bot c", "O'Hara", "Other"]) {
    const more = name === "Other" ? { tags: ["Blue", "red"], notes: "n" } : {};
    await graph.application(name, more);
  }
  await graph.application("With URI", { identifierUris: ["https://contoso.local/api"] });

  const list = (query: string, options = {}) => graph.get(`/applications?${query}`, options);
  async function namesOf(path: string): Promise<string[]> {
    const { status, body } = await graph.get(path);
    expect([status, body.error]).toEqual([200, undefined]);
    return body.value.map(({ displayName }: { displayName: string }) => displayName);
  }
  async function refusal(query: string, options = {}) {
    const { status, body } = await list(query, options);
    return [status, body.error.code, body.error.message];
  }
  return { graph, all: await namesOf("/applications"), list, namesOf, refusal };
}
