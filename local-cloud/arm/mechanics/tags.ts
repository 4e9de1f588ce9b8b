// Tag rules: "Use tags to organize your Azure resources" (limits section). The codes of these refusals were
// not seen at the real service.
import { ArmError } from "./arm-error.js";
import { BodyFields, isJsonObject } from "./body-fields.js";

export type Tags = Readonly<Record<string, string>>;

const MAX_TAGS = 50;
const MAX_NAME = 512;
const MAX_VALUE = 256;
const RESERVED = /[<>%&\\?/]/;

/** Checks `tags` of a body; undefined when left out. */
export function checkTags(body: unknown): Tags | undefined {
  const given = new BodyFields(body).raw("tags");
  if (given === undefined) return undefined;
  if (!isJsonObject(given)) throw refuse("InvalidRequestContent", "'tags' must be an object");
  const entries = Object.entries(given);
  if (entries.length > MAX_TAGS) {
    throw refuse("TooManyTags", `there may be at most ${MAX_TAGS} tags, got ${entries.length}`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, checkTag(name, value)]));
}

function checkTag(name: string, value: unknown): string {
  if (typeof value !== "string") {
    throw refuse("InvalidRequestContent", `the value of the tag '${name}' must be a string`);
  }
  if (RESERVED.test(name)) {
    throw refuse(
      "InvalidTagNameCharacters",
      `the tag name '${name}' has reserved characters '<,>,%,&,\\,?,/'`,
    );
  }
  if (name === "" || name.length > MAX_NAME) {
    throw refuse(
      "InvalidTagName",
      `a tag name has 1 to ${MAX_NAME} characters, got ${name.length}`,
    );
  }
  if (value.length > MAX_VALUE) {
    throw refuse(
      "TagValueTooLong",
      `the value of the tag '${name}' may have ${MAX_VALUE} characters, got ${value.length}`,
    );
  }
  return value;
}

function refuse(code: string, why: string): ArmError {
  return new ArmError(400, code, `The tags are not valid: ${why}.`, { target: "tags" });
}
