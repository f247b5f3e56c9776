/** An error the person is meant to see: the status chooses the page that explains it. */
export class AppError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

export const notFound = () => new AppError(404);
export const forbidden = () => new AppError(403);
export const conflict = () => new AppError(409);
export const tooLarge = () => new AppError(413);
export const tooMany = () => new AppError(429);
