// So many bots by this package.
import { CallingBot, Capability, ConsentMode } from "../../components/index.js";
import { SITE } from "./site.js";

export function program(count: number): void {
  for (let index = 0; index < count; index++) {
    new CallingBot(`bot-${index}`, {
      host: {
        messagingEndpoint: `${SITE}/api/messages`,
        callingWebhook: `${SITE}/api/calling`,
      },
      displayName: `Contoso bot ${index}`,
      capabilities: [Capability.JoinMeetings],
      consent: { mode: ConsentMode.Url, redirectUrl: `${SITE}/consented` },
      bot: { name: `bench-packaged-${index}` },
      resourceGroup: { name: `bench-packaged-${index}` },
    });
  }
}
