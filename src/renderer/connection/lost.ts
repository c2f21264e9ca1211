/** The connection to core went while a call was on its way: whether core did it is not known. */
export class ConnectionLost extends Error {
  constructor() {
    super('The connection to core was lost while it worked on this')
    this.name = 'ConnectionLost'
  }
}

/** There was no connection to core for as long as a call may wait: core did not see it. */
export class NotConnected extends Error {
  constructor() {
    super('Core did not answer in time')
    this.name = 'NotConnected'
  }
}

/** Whether a call failed because of the connection and not because of what was asked. */
export function isConnectionError(error: unknown): error is ConnectionLost | NotConnected {
  return error instanceof ConnectionLost || error instanceof NotConnected
}
