let current: string | undefined;

/** The installation's secret, the same on every instance. What it signs names its purpose in what is signed. */
export function secret(): string {
  if (!current) throw new Error('the secret is not set');
  return current;
}

export function useSecret(next: string): void {
  current = next;
}
