// Which federated credentials of an application are those that its stack declared.
import type { StackOutputs } from "../../rules/outputs.js";

/** A federated credential as the directory holds it. */
export interface Trust {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

type Declared = NonNullable<StackOutputs["federated"]>[number];

export interface SortedTrusts {
  readonly known: readonly Trust[];
  readonly foreign: readonly Trust[];
  /** Declared, and not there. */
  readonly missing: readonly Declared[];
  /** Declared, and there under its name with other contents. */
  readonly changed: readonly { readonly declared: Declared; readonly found: Trust }[];
}

/** Which trusts are the stack's. Outputs of versions that named none say only that there is one. */
export function sortTrusts(
  { federated: declared }: StackOutputs,
  trusts: readonly Trust[],
): SortedTrusts {
  if (declared === undefined) return { known: trusts, foreign: [], missing: [], changed: [] };
  const isSame = (one: Declared, found: Trust) =>
    found.issuer === one.issuer &&
    found.subject === one.subject &&
    found.audiences.length === 1 &&
    found.audiences[0] === one.audience;
  const known = trusts.filter((found) => declared.some((one) => isSame(one, found)));
  const others = trusts.filter((found) => !known.includes(found));
  const lost = declared.filter((one) => !known.some((found) => isSame(one, found)));
  const changed = lost.flatMap((one) => {
    const found = others.find(({ name }) => name === one.name);
    return found === undefined ? [] : [{ declared: one, found }];
  });
  return {
    known,
    changed,
    missing: lost.filter((one) => !changed.some(({ declared: other }) => other === one)),
    foreign: others.filter((found) => !changed.some(({ found: other }) => other === found)),
  };
}

/** `of <issuer> for subject <subject> and audience <audience>` */
export function shownTrust({ issuer, subject, audiences }: Omit<Trust, "name">): string {
  return `of ${issuer} for subject ${subject} and audience ${audiences.join(", ")}`;
}
