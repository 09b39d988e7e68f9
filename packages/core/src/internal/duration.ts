// A duration as a person reads it in a message.

/** `350 ms`, `8 s`, `7 min 12 s`, `2 h 5 min`: at most two units, rounded up. @param ms 0 or more. */
export const readableDuration = (ms: number): string => {
  if (ms < 1000) return `${Math.ceil(ms)} ms`;
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return twoUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.ceil(seconds / 60);
  return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
};

const twoUnits = (many: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${many} ${unit}` : `${many} ${unit} ${rest} ${restUnit}`;
