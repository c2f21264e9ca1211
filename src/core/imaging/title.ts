const LONGEST = 60

/** A title for what a prompt asks for: its first words. */
export function titleFromPrompt(prompt: string): string {
  const line = prompt.trim().split('\n', 1)[0]!.replace(/\s+/g, ' ').toWellFormed()
  if (line === '') return 'Picture'
  if (line.length <= LONGEST) return line
  const cut = line.slice(0, LONGEST)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST / 3)).trimEnd().toWellFormed()}…`
}
