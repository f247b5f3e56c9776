/** A fault that the operator can mend. Its message is one line that says what to do. */
export class StartFault extends Error {}
