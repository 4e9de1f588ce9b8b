// Whether a text is an IP address, as the rules need it: without node:net, which is for talking to one.

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** Four numbers from 0 to 255, without leading zeros. */
export function isIPv4(text: string): boolean {
  return IPV4.test(text);
}

/** As it stands in a DNS record: no brackets, no zone. */
export function isIPv6(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && text.includes(":") && URL.canParse(`http://[${text}]`);
}
