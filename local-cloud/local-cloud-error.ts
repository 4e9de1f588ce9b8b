/** A refusal that a person can act on: its message is one sentence with what to do, to be shown without a stack. */
export class LocalCloudError extends Error {
  override readonly name = "LocalCloudError";
}
