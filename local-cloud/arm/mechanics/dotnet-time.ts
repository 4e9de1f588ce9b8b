// Times as .NET prints them: refusals and channel etags have them.

/** `4/24/2026 1:25:04 AM`. */
export function utc(time: Date): string {
  const hours = time.getUTCHours();
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()}`;
  const clock = `${hours % 12 === 0 ? 12 : hours % 12}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  return `${date} ${clock} ${hours < 12 ? "AM" : "PM"}`;
}
