import { spawn } from 'node:child_process'

/** Opens an address in the person's browser, if the system knows how; that it did cannot be told. */
export function openBrowser(address: string): void {
  const [command, args]: [string, string[]] =
    process.platform === 'darwin' ? ['open', [address]]
    : process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
    : ['xdg-open', [address]]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {}) // the address is printed as well
  child.unref()
}
