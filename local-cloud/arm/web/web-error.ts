// App Service refuses in an envelope of its own, not in Resource Manager's (texts and codes from
// hashicorp/terraform-provider-azurerm#13377, microsoft/HealthBotContainerSample#51, rcl-letsencrypt-auto-ssl/Lets-Encrypt-Auto#25).
import { ArmError } from "../mechanics/arm-error.js";

const CODES = { 400: "BadRequest", 403: "Forbidden", 404: "NotFound", 409: "Conflict" } as const;

/** `{"Code", "Message", "Target", "Details", "Innererror"}`, with the template that the message is made from. */
export class WebError extends ArmError {
  constructor(
    status: keyof typeof CODES,
    /** Number of the refusal; undefined where it was never seen, and then the words are not the service's either. */
    readonly extendedCode: string | undefined,
    /** `Cannot find {0} with name {1}.` */
    readonly template: string,
    readonly parameters: readonly string[] = [],
  ) {
    const message = template.replace(/\{(\d)\}/g, (_, index) => parameters[Number(index)] ?? "");
    super(status, CODES[status], message);
  }

  override toResponse(): Response {
    const { code: Code, message: Message } = this;
    const ErrorEntity = {
      ...(this.extendedCode === undefined ? {} : { ExtendedCode: this.extendedCode }),
      MessageTemplate: this.template,
      Parameters: this.parameters,
      Code,
      Message,
    };
    const Details = [{ Message }, { Code }, { ErrorEntity }];
    const body = { Code, Message, Target: null, Details, Innererror: null };
    return Response.json(body, { status: this.status });
  }
}

/** What a request names and nobody has made. */
export function cannotFind(what: string, name: string): WebError {
  return new WebError(404, "51004", "Cannot find {0} with name {1}.", [what, name]);
}

/** @param why what is wrong with it; not seen at the service, which says only that the value is invalid */
export function invalidParameter(name: string, why: string): WebError {
  return new WebError(400, undefined, `The parameter {0} has an invalid value. ${why}`, [name]);
}

/** What the plan of a site does not allow. @param feature as in `AlwaysOn` */
export function planDoesNotAllow(feature: string): WebError {
  return new WebError(409, "01020", "There was a conflict. {0}", [
    `${feature} cannot be set for this site as the plan does not allow it. For more information on pricing and features, please see: https://aka.ms/appservicepricingdetails `,
  ]);
}
