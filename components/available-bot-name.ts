// A bot's name is unique over all of Azure. Asked beforehand, a taken one is a sentence in the preview instead of a
// deployment that stops half-way. Reads only; where nobody may ask, nothing is claimed and the service decides.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../rules/clouds.js";
import { checkedAvailability } from "../rules/names.js";
import { endpointsOf } from "./cloud.js";
import { refusing } from "./refusal.js";

const API_VERSION = "2022-09-15";
const PATIENCE_MS = 10_000;

export interface BotNameQuestion {
  readonly botName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly cloud: Cloud | undefined;
}

/** Names that were asked about: a component that is given one does not ask again. */
const asked = new WeakSet<object>();

/** The bot's name, once Azure has said that it is free, or already the name of a bot in this resource group. */
export function availableBotName(
  parent: pulumi.Resource,
  question: BotNameQuestion,
): pulumi.Output<string> {
  const { botName: wanted } = question;
  if (pulumi.Output.isInstance<string>(wanted) && asked.has(wanted)) return wanted;
  const { arm } = endpointsOf(question.cloud);
  const access = armAccess(parent, arm);
  const available = pulumi
    .all([question.botName, question.resourceGroupName, access])
    .apply(async ([botName, resourceGroupName, { token, subscriptionId }]) => {
      const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.BotService/botServices/${botName}`;
      const taken =
        token !== "" &&
        !(await exists({ arm, token }, id)) &&
        (await isTaken({ arm, token }, botName));
      return refusing(parent, checkedAvailability("bot.name", botName))(!taken);
    });
  asked.add(available);
  return available;
}

/** A token for Resource Manager with the provider's own credentials; an empty one where it gives none. */
async function armAccess(parent: pulumi.Resource, arm: string) {
  const none = { token: "", subscriptionId: "" };
  try {
    const [{ token }, { subscriptionId }] = await Promise.all([
      authorization.getClientToken({ endpoint: arm }, { parent }),
      authorization.getClientConfig({ parent }),
    ]);
    return { token, subscriptionId };
  } catch {
    return none;
  }
}

interface ArmAccess {
  readonly arm: string;
  readonly token: string;
}

async function exists(access: ArmAccess, id: string): Promise<boolean> {
  const answer = await ask(access, id);
  return answer?.ok === true;
}

const Availability = z.object({ valid: z.boolean() });

async function isTaken(access: ArmAccess, name: string): Promise<boolean> {
  const path = "/providers/Microsoft.BotService/checkNameAvailability";
  const answer = await ask(access, path, { name, type: "bot" });
  const said = Availability.safeParse(await answer?.json().catch(() => undefined));
  return said.success && !said.data.valid;
}

/** One call; undefined where there is no answer. */
async function ask(access: ArmAccess, path: string, body?: object): Promise<Response | undefined> {
  try {
    return await fetch(`${access.arm}${path}?api-version=${API_VERSION}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${access.token}`, "Content-Type": "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    return undefined;
  }
}
