// Tells the local cloud how long its services take.

const url = `${process.env["AZURE_AUTHORITY_HOST"]}/_local/faults`;
const headers = {
  Authorization: `Bearer ${process.env["LOCAL_CLOUD_CONTROL_TOKEN"]}`,
  "Content-Type": "application/json",
};

/** What is delayed: every request of a service, or those of a method whose path fits. */
export interface DelayRule {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly milliseconds: number;
}

export async function clearLatencies(): Promise<void> {
  await fetch(url, { method: "DELETE", headers });
}

export async function addLatency(rule: DelayRule): Promise<void> {
  const body = JSON.stringify({ kind: "delay", ...rule });
  const { status } = await fetch(url, { method: "POST", headers, body });
  if (status !== 201) throw new Error(`the local cloud does not take the rule for ${rule.service}`);
}

/** Every request of the services takes as long, from now on. */
export async function delayEverything(
  services: readonly string[],
  milliseconds: number,
): Promise<void> {
  for (const service of services) await addLatency({ service, milliseconds });
}
