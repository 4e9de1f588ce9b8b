// Certificates of the bot's application: the public parts of the current one and of the one before it.
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { checkedStep, slotContents } from "../rules/secret-generation.js";
import { checkCertificateKept, readCertificate } from "../rules/sign-in-certificate.js";
import type { BotCredentialArgs, CredentialTarget } from "./bot-credential.js";
import { lastBots } from "./last-outputs.js";
import { RENEWABLE } from "./lifetime.js";
import { refusing } from "./refusal.js";

/** Of the certificate that the bot signs in with, as a stack output shows it. */
export interface CertificateOutput {
  /** As the portal shows it. */
  thumbprint: string;
  /** As in `2027-06-30T00:00:00Z`. */
  endDate: string;
}

/** What the outputs say of the certificate of `args`; undefined for another kind. */
export function certificateOutput({
  certificate,
}: BotCredentialArgs): CertificateOutput | undefined {
  if (certificate === undefined) return undefined;
  const { thumbprint, endDate } = readCertificate(certificate);
  return { thumbprint, endDate };
}

/** Makes what is in the slots. The text was checked. */
export function createCertificates(args: BotCredentialArgs, target: CredentialTarget): void {
  const { generation = 0, certificate, previousCertificate } = args;
  const applicationId = keptUntilNow(args, target);
  for (const { slot, isCurrent } of slotContents(generation)) {
    const text = isCurrent ? certificate : previousCertificate;
    if (text === undefined) continue;
    const { pem, endDate } = readCertificate(text);
    new azuread.ApplicationCertificate(
      `${target.name}-certificate${slot === 0 ? "" : `-${slot + 1}`}`,
      { applicationId, type: "AsymmetricX509Cert", encoding: "pem", value: pem, endDate },
      { ...RENEWABLE, ...target.options, parent: target.parent },
    );
  }
}

const LastBot = z.object({
  applicationObjectId: z.string(),
  credentialGeneration: z.number(),
  certificate: z.object({ thumbprint: z.string() }),
});

/** The application's id, once it is known that the certificate which the bot is using stays. */
function keptUntilNow(args: BotCredentialArgs, target: CredentialTarget): pulumi.Output<string> {
  const { applicationId, applicationObjectId, parent } = target;
  return pulumi.all([applicationId, applicationObjectId]).apply(async ([id, objectId]) => {
    const bots = (await lastBots(parent)).flatMap((bot) => LastBot.safeParse(bot).data ?? []);
    const last = bots.find((bot) => bot.applicationObjectId === objectId);
    const before = last && {
      generation: last.credentialGeneration,
      thumbprint: last.certificate.thumbprint,
    };
    const check = refusing(parent, (wanted: BotCredentialArgs) => {
      checkedStep("credential.generation", before?.generation)(wanted.generation ?? 0);
      checkCertificateKept("credential", before, wanted);
    });
    check(args);
    return id;
  });
}
