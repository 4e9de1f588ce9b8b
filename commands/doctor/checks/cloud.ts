// Whether stack, providers and sign-in mean the same cloud.
import { type Cloud, cloudEndpoints } from "../../../rules/clouds.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import { type DoctorContext, forStack } from "../doctor-context.js";

export function judgeCloud(
  cloud: Cloud,
  authorityHost: string | undefined,
  isLocal: boolean,
): Outcome {
  const { name, login } = cloudEndpoints(cloud);
  if (isLocal) return pass(`The stack means ${name}, and everything goes to the local cloud.`);
  const evidence = { cloud, authorityHost };
  const host = authorityHost === undefined ? undefined : hostOf(authorityHost);
  if (host !== undefined && host !== hostOf(login)) {
    return fail(
      `The stack means ${name}, and AZURE_AUTHORITY_HOST is ${authorityHost}.`,
      `Set cloud of the stack to where the bot is, or AZURE_AUTHORITY_HOST to ${login}; with Azure CLI az cloud set as well.`,
      evidence,
    );
  }
  return pass(`The stack means ${name}.`, evidence);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin;
}

export const cloud: Check<DoctorContext> = {
  id: "cloud",
  title: "the stack and the sign-in mean the same cloud",
  run: forStack(async ({ config }, { env, endpoints }) =>
    judgeCloud(config.cloud, env["AZURE_AUTHORITY_HOST"], endpoints.name === "local"),
  ),
};
