// What an interrupted operation has left in Azure. Names there are fixed, so one GET tells.
import { z } from "zod";
import { resourceIdOf } from "../../arm/resource-paths.js";
import { readWithin } from "../../graph/bounded-reading.js";
import { parseAnswer } from "../../rules/read-error.js";
import { OWN_TAGS } from "../../rules/tags.js";
import { readFrom, Source } from "../checks/cannot-tell.js";
import type { Finding } from "./finding.js";
import { knownById, type LookAround } from "./look-around.js";
import { isReadFirst } from "./read-first.js";
import { inputText, resourcesIn, type StateResource, shortName } from "./stack-state.js";

const PATIENCE_MS = 30_000;

/** Made again on top of what is there, without harm. */
const MADE_AGAIN = ["azure-native:web:WebAppApplicationSettings"];

const Answer = z.looseObject({
  id: z.string().optional(),
  tags: z.record(z.string(), z.string()).nullish(),
});
type Answer = z.output<typeof Answer>;

/** What became of a create. Rejects with CannotTell. */
export async function createdInAzure(
  resource: StateResource,
  around: LookAround,
): Promise<Finding> {
  if (MADE_AGAIN.includes(resource.type)) {
    return { kind: "forget", resource, why: "it is made again on top of what is there" };
  }
  const id = resourceIdOf(resource.type, resource.inputs ?? {}, around.subscriptionId);
  const apiVersion = inputText(resource, "azureApiVersion");
  if (id !== undefined && knownById(around, id) !== undefined) {
    return { kind: "forget", resource, why: "the state has it" };
  }
  if (id !== undefined && isReadFirst(resource) && belongsToOwn(id, around)) {
    return { kind: "takeOver", resource, made: { id, outputs: {} } };
  }
  if (id === undefined || apiVersion === undefined || isReadFirst(resource)) {
    return { kind: "leave", resource, why: "its type is none that this package makes" };
  }
  const answer = await resourceAt(id, apiVersion, around);
  if (answer === undefined) return { kind: "forget", resource, why: "nothing was made" };
  return isOwn(resource, id, answer, around)
    ? { kind: "takeOver", resource, made: { id: answer.id ?? id, outputs: {} } }
    : { kind: "refuse", resource, issue: notOwn(resource, id) };
}

/** What became of a delete. Rejects with CannotTell. */
export async function deletedInAzure(
  resource: StateResource,
  around: LookAround,
): Promise<Finding> {
  if (MADE_AGAIN.includes(resource.type)) return { kind: "remove", resource };
  if (isReadFirst(resource)) return { kind: "redo", resource };
  const apiVersion = inputText(resource, "azureApiVersion");
  const { id } = resource;
  if (id === undefined || apiVersion === undefined) {
    return { kind: "leave", resource, why: "its state does not say how to ask for it" };
  }
  const answer = await resourceAt(id, apiVersion, around);
  return answer === undefined
    ? { kind: "remove", resource }
    : { kind: "forget", resource, why: "it is still there" };
}

async function resourceAt(
  id: string,
  apiVersion: string,
  { services }: LookAround,
): Promise<Answer | undefined> {
  const reading = readWithin(PATIENCE_MS, (signal) =>
    services.arm.get(`${id}?api-version=${apiVersion}`, signal),
  );
  const answer = await readFrom(Source.Subscription, reading);
  return answer === undefined ? undefined : parseAnswer(Answer, answer);
}

/**
 * By the tags that this stack was about to give it; where a type has none, because it belongs to something that the stack has,
 * or because it says nothing but what this stack was about to write.
 */
function isOwn(resource: StateResource, id: string, answer: Answer, around: LookAround): boolean {
  const wanted = z.record(z.string(), z.unknown()).safeParse(resource.inputs?.["tags"]).data;
  const names = Object.values(OWN_TAGS);
  if (wanted !== undefined && names.every((name) => typeof wanted[name] === "string")) {
    return names.every((name) => answer.tags?.[name] === wanted[name]);
  }
  return belongsToOwn(id, around) || saysTheSame(resource, answer);
}

function belongsToOwn(id: string, { state }: LookAround): boolean {
  return resourcesIn(state).some(
    (owner) =>
      // A resource group is shared more often than not.
      owner.type !== "azure-native:resources:ResourceGroup" &&
      owner["external"] !== true &&
      owner.id?.startsWith("/") === true &&
      id.toLowerCase().startsWith(`${owner.id.toLowerCase()}/`),
  );
}

function saysTheSame({ inputs = {} }: StateResource, answer: Answer): boolean {
  const said = new Set(leavesOf(answer));
  const written = leavesOf(inputs);
  return written.every((value) => said.has(value) || isPartOf(value, answer.id));
}

/** Names and the scope stand in the id. */
function isPartOf(value: string, id = ""): boolean {
  return `${id.toLowerCase()}/`.includes(`/${value.replace(/^\//, "")}/`);
}

/** All values of a tree as texts, whatever they are called: the provider renames many. */
function leavesOf(value: unknown, name = ""): string[] {
  if (name.startsWith("__") || name === "azureApiVersion" || name === "location") return [];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, key));
  }
  return value === undefined || value === null ? [] : [String(value).toLowerCase()];
}

function notOwn(resource: StateResource, id: string) {
  return {
    path: shortName(resource),
    rule: `must be provably this stack's to be taken over, and ${id} carries no tags of this stack`,
    whose: "this package",
    fix: "Look whose it is: delete it, give it another name in this stack, or take it over on purpose with the resource option import.",
  };
}
