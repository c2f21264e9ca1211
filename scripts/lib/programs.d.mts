export interface ElectronFound {
  readonly executable: string
  /** What a report calls it. */
  readonly name: string
  readonly env: Record<string, string>
}
export function findProgram(...names: string[]): string | null
export function findChromium(): string | null
export function hasDisplay(): boolean
export function findElectron(): ElectronFound | null
export function findTestElectron(): ElectronFound | string
