// The password that Azure wants of every Windows machine. Nobody needs it: nothing lets Remote Desktop in.
import { randomBytes } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** A new one on every run. Whoever takes it ignores later ones: a secret in the state, made when the machines are. */
export function machinePassword(): pulumi.Output<string> {
  // One of each kind of character that Azure asks for, whatever the random part has.
  return pulumi.secret(`Aa1-${randomBytes(30).toString("base64url")}`);
}
