// The plainest way to write with node-llama-cpp: no studio, no supervision, no streaming to anybody. What the text
// engine is measured against. Started with `fork`; each message { path, threads, contextSize } loads, each { system, user,
// … } writes and answers what it took.
import { getLlama, resolveChatWrapper } from 'node-llama-cpp'

let loaded = null

process.on('message', (message) => {
  void (message.path ? load(message) : write(message)).then((answer) => process.send(answer))
})
process.on('disconnect', () => process.exit(0))

async function load({ path, threads, contextSize }) {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, logger: () => {}, maxThreads: 0 })
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 })
  const context = await model.createContext({ contextSize, threads, sequences: 1 })
  loaded = { model, chat: resolveChatWrapper(model, { warningLogs: false }), sequence: context.getSequence() }
  return {}
}

async function write({ system, user, maxTokens, temperature, topP, topK, seed }) {
  const { model, chat, sequence } = loaded
  await sequence.clearHistory()
  const started = performance.now()
  const chatHistory = [{ type: 'system', text: system }, { type: 'user', text: user }, { type: 'model', response: [] }]
  const { contextText } = chat.generateContextState({ chatHistory })
  let first = 0
  let last = 0
  const tokens = []
  for await (const token of sequence.evaluate(contextText.tokenize(model.tokenizer), { temperature, topP, topK, seed, yieldEogToken: true })) {
    last = performance.now()
    first ||= last
    if (model.isEogToken(token)) break
    tokens.push(token)
    if (tokens.length >= maxTokens) break
  }
  const tokensPerSecond = ((tokens.length - 1) * 1000) / (last - first)
  return { text: model.detokenize(tokens), tokens: tokens.length, firstTokenMs: first - started, tokensPerSecond }
}
