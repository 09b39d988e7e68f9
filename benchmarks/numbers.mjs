// What is made of many measurements.

/** The middle one of some numbers. */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A number with three digits that count. */
export const round = (number) => Number(number.toPrecision(3)).toLocaleString('en');
