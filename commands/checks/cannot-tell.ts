// Why a check could not read what it judges, in words: unknown is never taken for good.
import { problemText, ReadProblem } from "../../rules/consent-unknown.js";
import { ReadError } from "../../rules/read-error.js";

/** Something could not be read. The check that needed it is skipped with this reason. */
export class CannotTell extends Error {
  override readonly name = "CannotTell";
  constructor(
    /** One sentence. */
    readonly finding: string,
    /** Whole sentences. */
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(finding, options);
  }
}

/** Where readings come from, as messages call it. */
export enum Source {
  Directory = "the directory",
  Subscription = "the subscription",
  Vault = "the Key Vault",
}

/** Makes a ReadError a reason to skip; other errors stay what they are. */
export async function readFrom<T>(source: Source, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof ReadError ? cannotTell(source, error) : error;
  }
}

function cannotTell(source: Source, error: ReadError): CannotTell {
  const { why, fix } = textOf(source, error.problem);
  const advice = fix
    .replace(
      " and run teams-calling-bot consent status, which then judges by the bot's own token",
      "",
    )
    .replace(" and run teams-calling-bot consent status", "");
  const subject = `${source.charAt(0).toUpperCase()}${source.slice(1)}`;
  return new CannotTell(`${subject} could not be read, because ${why}.`, advice, { cause: error });
}

function textOf(source: Source, problem: ReadProblem) {
  if (source === Source.Subscription && problem === ReadProblem.Forbidden) {
    return {
      why: "the identity that asks may not read the resource",
      fix: "Give it the role Reader on the resource group.",
    };
  }
  if (problem === ReadProblem.Forbidden) {
    return {
      why: "the identity that asks may not read applications",
      fix: "Give it the Microsoft Graph app role Application.Read.All.",
    };
  }
  if (problem === ReadProblem.SignIn) {
    return {
      why: "nobody is signed in who could read it",
      fix: "Sign in: az login, AZURE_CLIENT_ID with AZURE_CLIENT_SECRET and AZURE_TENANT_ID, or a managed identity.",
    };
  }
  if (problem === ReadProblem.OtherTenant) {
    return {
      why: "the identity that asks belongs to another tenant than the bot",
      fix: "Sign in to the bot's tenant: az login --tenant, or AZURE_TENANT_ID.",
    };
  }
  return problemText(problem);
}
