import './zod-without-eval.js'
import './ui/index.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { followEvents } from './events.js'
import { keepFresh } from './freshness.js'
import { createQueries } from './queries.js'
import { followAddress } from './state/route.js'
import { client, connection, connectStudio } from './studio.js'
import { markLoadedPictures } from './ui/loaded-pictures.js'

const queries = createQueries()
keepFresh(queries)
followEvents(connection, () => client.system.events())
followAddress()
markLoadedPictures()
connectStudio()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place for the studio')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
