import type { ReactElement } from 'react'
import { Tooltip, TooltipTrigger } from 'react-aria-components'
import { Keys } from './keys.js'

interface WithTooltipProps {
  readonly text: string
  readonly keys?: string | undefined
  readonly children: ReactElement
}

/** Shows what an icon does, and its keys. It repeats the name and adds nothing that is needed. */
export function WithTooltip({ text, keys, children }: WithTooltipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      {children}
      <Tooltip className="tooltip" offset={6}>
        {text}
        {keys ? <Keys keys={keys} /> : null}
      </Tooltip>
    </TooltipTrigger>
  )
}
