// Limits as they are written on a command line: `60 requests/minute`, `5 dollars/day`, `1000000 tokens/total`.

/** As the admin API takes it; what is written wrong is refused there. Undefined if it is no limit at all. */
export const parseLimit = (text: string): object | undefined => {
  const [, amount, unit, per] = /^\s*([\d._]{1,20}) *([a-z]{1,20}) *\/ *([a-z]{1,20})\s*$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined || per === undefined) return undefined;
  return { [unit]: Number(amount.replaceAll('_', '')), per };
};

/** A limit of the admin API as it is written. */
export const limitText = (limit: object): string => {
  const { per, ...amounts }: Readonly<Record<string, unknown>> = { ...limit };
  const [[unit, amount] = []] = Object.entries(amounts);
  return `${amount} ${unit}/${per}`;
};
