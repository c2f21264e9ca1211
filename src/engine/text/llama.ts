import { getLlama, getModuleVersion, type Llama } from 'node-llama-cpp'

let starting: Promise<Llama> | null = null

/**
 * The native library, loaded once. Only the prebuilt CPU binding that was installed is used: nothing is compiled or
 * downloaded, and it says nothing on the console, where nobody would read it.
 */
export function openLlama(): Promise<Llama> {
  starting ??= getLlama({
    gpu: false,
    build: 'never',
    usePrebuiltBinaries: true,
    skipDownload: true,
    progressLogs: false,
    logger: () => {},
    // Zero takes the library's own limit away; each context is given its number of threads.
    maxThreads: 0,
  })
  return starting
}

/** Engine and build for recipes, for example "node-llama-cpp 3.22.1, llama.cpp b9000, AVX2". */
export async function nameEngine(): Promise<string> {
  const llama = await openLlama()
  const instructions = ['AVX512', 'AVX2', 'NEON'].find((name) => new RegExp(`\\b${name} = 1`).test(llama.systemInfo))
  return [await namePackage(), `llama.cpp ${llama.llamaCppRelease.release}`, ...(instructions ? [instructions] : [])].join(', ')
}

/** Name and version of the package alone: known without loading the native library. */
export async function namePackage(): Promise<string> {
  return `node-llama-cpp ${await getModuleVersion()}`
}
