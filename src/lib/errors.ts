/** An error the person is meant to see: the status chooses the page that explains it. */
export class AppError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`);
  }
}

export const notFound = () => new AppError(404);
export const forbidden = () => new AppError(403);
/** For scripts, which cannot follow the way to the sign-in page. */
export const signedOut = () => new AppError(401);
export const conflict = () => new AppError(409);
export const tooLarge = () => new AppError(413);
export const tooMany = () => new AppError(429);
/** For scripts that sent something that cannot be read; a form gets its own page back instead. */
export const unreadable = () => new AppError(422);
