// A bot whose host is exchanged all at once, and the same bot as it was, for test/components/hand-over.test.ts.
import {
  CallingBot,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  HostKind,
  HostSlot,
  stackOutputs,
  Tenancy,
} from "../../components/index.js";

export const OLD_HOST = { kind: HostKind.AppService, runtime: "NODE|22-lts" };

export const NEW_HOST = {
  kind: HostKind.ContainerApp,
  slot: HostSlot.Second,
  image: "ghcr.io/contoso/bot:2.0.0",
};

export const ARGS: CallingBotArgs = {
  host: OLD_HOST,
  capabilities: [Capability.CallUsers],
  tenancy: Tenancy.MultiTenant,
  consent: { mode: ConsentMode.Grant },
};

/** All that is refused, in one program. */
export async function exchanged() {
  return stackOutputs(
    new CallingBot("bot", {
      ...ARGS,
      host: NEW_HOST,
      bot: { name: "contoso-another" },
      tenancy: Tenancy.SingleTenant,
    }),
  );
}
