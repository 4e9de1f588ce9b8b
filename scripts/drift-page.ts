// docs/drift.md, from the tables by which test/components/drift changes each thing behind the engine's back.
import { type Drift, type DriftStack, stepOf } from "../test/components/drift/drift.js";
import { DRIFT_STACKS } from "../test/components/drift/drift-stacks.js";
import { code, table } from "./markdown-table.js";

/** The page, as it must stand in docs/. */
export function driftPage(): string {
  return [
    "# Drift: what somebody else changed",
    "",
    "Written by `npm run docs` from `test/components/drift`, where every one of these changes is made by plain calls of the services and put",
    "right by the real engine; do not edit.",
    "",
    "```sh",
    "pulumi refresh --stack prod --preview-only       # what was changed, property by property; nothing is written",
    "pulumi up --stack prod --refresh                 # puts it right, after a preview",
    "npm run stack -- refresh --stack dev             # the same on the local cloud, and then: npm run stack -- up --stack dev",
    "```",
    "`pulumi up` alone compares the program with the state and not with the cloud: a change behind its back stays until a refresh. A pipeline",
    "that should notice runs `pulumi preview --refresh --expect-no-changes`. `teams-calling-bot verify` needs no state at all and says of a",
    "registration what keeps it from working; it runs as often as you like.",
    "",
    "## What is left as it is",
    "```yaml",
    "# stacks/Pulumi.prod.yaml",
    "  teams-calling-bot:ignore:",
    "    replyUrls: [https://intranet.contoso.com/signed-in]      # the application's, kept by its owner",
    "    tags: [costCenter]                                       # set by a policy, on every Azure resource",
    "```",
    "- **`ignore.replyUrls`.** An application is written with its whole list of reply URLs. Each run looks which of these the application has:",
    "  one that is there stays, with or without a refresh, and for an adopted application too; one that its owner has taken away does not come",
    "  back; every other is removed. Who may not look in the directory is told so, and nothing is written.",
    "- **`ignore.tags`.** Azure takes the tags of a resource all together, from what the program says and the state knows. So these stay after a",
    "  refresh; an update that changes the same resource without one takes away what came since. Deploy with `--refresh`.",
    "- **Owners** of the application are left alone as long as `owners` is not stated, and the number of machines that a scale set has",
    "  grown to. **What was adopted** keeps everything that no setting is for: [adopt.md](adopt.md).",
    "",
    ...DRIFT_STACKS.flatMap(section),
    "## What no refresh sees",
    "A refresh reads what the stack has made. What somebody makes **beside** it (a client secret, a trust, a grant, another channel of the bot)",
    "belongs to no resource of the stack: `verify` names it, and a person takes it away. Nor does any service give out what it was told in secret:",
    "the value of a client secret, of a secret in a vault, of the password and the protected settings of machines. Another value of these shows only",
    "in what it breaks.",
    "",
  ].join("\n");
}

function section({ title, rounds }: DriftStack): string[] {
  const rows = rounds.flatMap(({ drifts }) => drifts);
  const isVerified = rows.some(({ verify }) => verify !== undefined);
  return [
    `## ${title.replace(/^an? /, "").replace(/^./, (first) => first.toUpperCase())}`,
    ...table(
      [
        "resource",
        "what somebody does",
        "a refresh names",
        "the next `up`",
        ...(isVerified ? ["`verify` fails or warns in"] : []),
      ],
      rows.map((drift) => (isVerified ? [...row(drift), verified(drift)] : row(drift))),
    ),
    "",
  ];
}

function row(drift: Drift): string[] {
  const { resource, what, seen, note } = drift;
  const [type = ""] = resource.split(" ");
  const named =
    seen === undefined
      ? "nothing"
      : seen === "gone"
        ? "that it is gone"
        : seen.map(code).join(", ");
  const done = effect(drift);
  return [type, what, named, note === undefined ? done : `${done}: ${note}`];
}

function effect(drift: Drift): string {
  const [step] = stepOf(drift)?.split(" ") ?? [];
  if (step === "create") return "makes it again";
  if (step === "replace") return "replaces it";
  return step === "update" ? "puts it right" : "leaves it";
}

function verified({ verify = [] }: Drift): string {
  return verify.map(code).join(", ") || "-";
}
