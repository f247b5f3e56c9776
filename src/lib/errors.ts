/** An error the person is meant to see. It carries a message key of errors.json, never a sentence. */
export class AppError extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
  ) {
    super(key);
  }
}

export const notFound = () => new AppError(404, 'errors.notFound');
export const forbidden = () => new AppError(403, 'errors.forbidden');
export const tooMany = () => new AppError(429, 'errors.tooMany');
