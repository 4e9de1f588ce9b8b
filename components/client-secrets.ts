// Client secrets of the bot's application: the current one, the one before it, and the current one in a vault.
import { Secret } from "@pulumi/azure-native/keyvault/secret.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { armName, armResourceGroup } from "../rules/arm-ids.js";
import { CredentialKind } from "../rules/credential.js";
import {
  checkedStep,
  type SlotContent,
  secretName,
  slotContents,
} from "../rules/secret-generation.js";
import type { BotCredentialArgs, CredentialTarget } from "./bot-credential.js";
import { lastBots } from "./last-outputs.js";
import { RENEWABLE } from "./lifetime.js";
import { refusing } from "./refusal.js";

/** Makes what is in the slots; returns the value of the current secret, as a secret. */
export function createSecrets(
  args: BotCredentialArgs,
  target: CredentialTarget,
): pulumi.Output<string> {
  const { generation = 0 } = args;
  const applicationId = stepTaken(generation, target);
  const made = slotContents(generation).map((content) => ({
    ...content,
    password: clientSecret(args, content, target, applicationId),
  }));
  const current = made.find(({ isCurrent }) => isCurrent);
  if (current === undefined) throw new Error(`no secret is current at generation ${generation}`);
  const value = pulumi.secret(current.password.value);
  storeInVault(args, { value, endDate: current.password.endDate }, target);
  return value;
}

function clientSecret(
  args: BotCredentialArgs,
  { slot, generation, isCurrent }: SlotContent,
  { name, parent, options }: CredentialTarget,
  applicationId: pulumi.Output<string>,
): azuread.ApplicationPassword {
  const displayName = pulumi.output(args.displayName ?? "teams-calling-bot");
  return new azuread.ApplicationPassword(
    slot === 0 ? `${name}-secret` : `${name}-secret-${slot + 1}`,
    {
      applicationId,
      displayName: displayName.apply((text) => secretName(text, generation)),
      ...(args.endDate === undefined ? {} : { endDate: args.endDate }),
      // Left out at first, so that the secrets of stacks that never rotated stay.
      ...(generation === 0 ? {} : { rotateWhenChanged: { generation: String(generation) } }),
    },
    // The secret before stays as it was made, whatever is said of its successor.
    {
      ...RENEWABLE,
      ...options,
      parent,
      ignoreChanges: isCurrent ? [] : ["displayName", "endDate"],
    },
  );
}

const LastBot = z.object({
  applicationObjectId: z.string(),
  credential: z.literal(CredentialKind.Secret),
  credentialGeneration: z.number(),
});

/** The application's id, once the generation is known to follow the one of the last update. */
function stepTaken(generation: number, target: CredentialTarget): pulumi.Output<string> {
  const { applicationId, applicationObjectId, parent } = target;
  return pulumi.all([applicationId, applicationObjectId]).apply(async ([id, objectId]) => {
    const bots = (await lastBots(parent)).flatMap((bot) => LastBot.safeParse(bot).data ?? []);
    const before = bots.find((bot) => bot.applicationObjectId === objectId)?.credentialGeneration;
    refusing(parent, checkedStep("credential.generation", before))(generation);
    return id;
  });
}

function storeInVault(
  { vaultId, secretName: inVault = "bot-client-secret" }: BotCredentialArgs,
  secret: { readonly value: pulumi.Output<string>; readonly endDate: pulumi.Output<string> },
  { name, parent }: CredentialTarget,
): void {
  if (vaultId === undefined) return;
  new Secret(
    `${name}-secret-in-vault`,
    {
      resourceGroupName: armResourceGroup(vaultId),
      vaultName: armName(vaultId),
      secretName: inVault,
      properties: {
        value: secret.value,
        attributes: { expires: secret.endDate.apply((end) => Math.floor(Date.parse(end) / 1000)) },
      },
    },
    { ...RENEWABLE, parent },
  );
}
