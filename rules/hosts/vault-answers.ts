// What a Key Vault answers about a certificate: the same to a program that deploys and to a command that looks.
import { z } from "zod";
import type { CertificateReading } from "./certificate.js";

/** `GET certificates/{name}`. */
export const CertificateAnswer = z.object({
  cer: z.base64(),
  attributes: z.object({ enabled: z.boolean().nullish() }).nullish(),
  policy: z
    .object({ key_props: z.object({ exportable: z.boolean().nullish() }).nullish() })
    .nullish(),
});

/** `GET secrets/{name}/versions`. */
export const SecretVersionsAnswer = z.object({ value: z.array(z.unknown()) });

export function foundCertificate({
  cer,
  attributes,
  policy,
}: z.output<typeof CertificateAnswer>): CertificateReading {
  return {
    state: "found",
    der: new Uint8Array(Buffer.from(cer, "base64")),
    enabled: attributes?.enabled ?? true,
    exportable: policy?.key_props?.exportable ?? true,
  };
}
