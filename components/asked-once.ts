// What is the same for every bot of a stack is asked once: a hundred bots would otherwise look Microsoft Graph up a hundred
// times.
import * as pulumi from "@pulumi/pulumi";

/** Shorter than what a token has left when a provider hands it out; a long update asks again. */
const LASTS_MS = 60_000;

interface Answer<T> {
  readonly value: T;
  readonly until: number;
}

type Answers<T> = Map<string, Answer<T>>;

/**
 * `ask`, but with the answer (or the promise of one) that the same question had a moment ago in the same stack and through the
 * same provider.
 * @param asked the package whose provider answers
 */
export function askedOnce<T>(
  asked: "azure-native" | "azuread" | "pulumi",
  ask: (parent: pulumi.Resource, about: string) => T,
): (parent: pulumi.Resource, about?: string) => T {
  // By stack: one process may run the programs of several.
  const stacks = new WeakMap<
    pulumi.Resource,
    Map<pulumi.ProviderResource | undefined, Answers<T>>
  >();
  return (parent, about = "") => {
    const stack = pulumi.runtime.getStackResource();
    if (stack === undefined) return ask(parent, about);
    const providers = entry(stacks, stack, () => new Map());
    // The engine looks for the package in the first part of a type's name.
    const answers = entry(
      providers,
      parent.getProvider(`${asked}:index:Question`),
      () => new Map(),
    );
    const last = answers.get(about);
    if (last !== undefined && last.until > performance.now()) return last.value;
    const value = ask(parent, about);
    answers.set(about, { value, until: performance.now() + LASTS_MS });
    return value;
  };
}

function entry<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
