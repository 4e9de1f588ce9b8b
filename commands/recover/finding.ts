// What a recovery has found out about one operation that was interrupted, and what it will do to the state.
import type { Issue } from "../../rules/issue.js";
import type { StateResource } from "./stack-state.js";

export type Finding =
  /** It was made: it goes into the state, and the next update makes it whole. */
  | { readonly kind: "takeOver"; readonly resource: StateResource; readonly made: Made }
  /** Nothing of it is there, or making it again does no harm: only the note of it goes. */
  | { readonly kind: "forget"; readonly resource: StateResource; readonly why: string }
  /** It is in the state and was being changed: the next update does that again. */
  | { readonly kind: "redo"; readonly resource: StateResource }
  /** It was being deleted and is gone: it leaves the state. */
  | { readonly kind: "remove"; readonly resource: StateResource }
  /** A credential whose value nobody has: it is taken away in the directory, and the next update makes another. */
  | { readonly kind: "discard"; readonly resource: StateResource; readonly secret: UnknownSecret }
  /** It cannot be told here: everything stays as it is. */
  | { readonly kind: "leave"; readonly resource: StateResource; readonly why: string }
  /** Something is in its place that is not provably this stack's. */
  | { readonly kind: "refuse"; readonly resource: StateResource; readonly issue: Issue };

export interface Made {
  /** As the provider writes it. */
  readonly id: string;
  /** What is known of it besides its inputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface UnknownSecret {
  readonly applicationObjectId: string;
  readonly keyId: string;
}
