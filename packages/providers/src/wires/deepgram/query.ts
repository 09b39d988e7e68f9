// Deepgram's parameters stand in the query of the address.

/** The path with these parameters, without those that say nothing. A list is a parameter several times. */
export const withQuery = (path: string, parameters: Readonly<Record<string, unknown>>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of Array.isArray(value) ? value : [value])
      if (one != null) query.append(name, typeof one === 'object' ? JSON.stringify(one) : String(one));
  return `${path}?${query}`;
};
