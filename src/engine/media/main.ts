import { serveEngine } from '../host.js'
import { openPort } from '../port.js'
import { createMediaHandlers, mediaEngineBuild } from './handlers.js'

serveEngine('media', createMediaHandlers(), openPort(), { build: mediaEngineBuild })
