import { useQuery } from '@tanstack/react-query'
import { studio, client } from '../../studio.js'
import { flushText } from '../writing/open-texts.js'

/** The draft of a text as it is now. What this window typed goes to core first. */
export function useDraftNow(project: string, item: string, isText: boolean) {
  const input = { project, item }
  return useQuery({
    ...studio.texts.draft.queryOptions({ input }),
    enabled: isText,
    queryFn: async () => {
      await flushText(project, item)
      return client.texts.draft(input)
    },
  })
}
