// Draws from distributions with long tails, of numbers from 0 up to 1.

type Random = () => number;

/** Of mean 0 and deviation 1. Source: Box and Muller, https://doi.org/10.1214/aoms/1177706645 */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Lognormal. @param sigma of its logarithm. */
export const lognormal = (median: number, sigma: number, random: Random): number =>
  median * Math.exp(sigma * normal(random));

/** Gamma of this mean; a shape below 1 comes in bursts. Source: Marsaglia and Tsang, https://doi.org/10.1145/358407.358414 */
export const gamma = (mean: number, shape: number, random: Random): number => {
  const boost = shape < 1 ? (1 - random()) ** (1 / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return (mean / shape) * d * v * boost;
  }
};
