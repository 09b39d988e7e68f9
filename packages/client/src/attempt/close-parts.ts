// Ends a stream that nobody reads any more.

/** Not waited for by whoever leaves: one that is still computing is told by its signal, and might never answer this. Never rejects. */
export async function closeParts(parts: AsyncIterator<unknown> | undefined): Promise<void> {
  try {
    await parts?.return?.();
  } catch {
    // Its answer is no longer wanted, and neither is its trouble in ending it.
  }
}
