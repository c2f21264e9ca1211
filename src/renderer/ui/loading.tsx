import { useEffect, useState } from 'react'

/** True once something has been awaited for so long that saying nothing would look like a fault. */
export function useLate(isWaiting: boolean, ms = 400): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!isWaiting) return setLate(false)
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [isWaiting, ms])
  return late && isWaiting
}

interface LoadingProps {
  readonly text: string
  readonly lines?: number
}

/** Flat, still shapes of what will stand there, and only after 400 ms. */
export function Loading({ text, lines = 4 }: LoadingProps) {
  const late = useLate(true)
  if (!late) return null
  return (
    <div className="loading" role="status">
      {Array.from({ length: lines }, (_, index) => <div className="loading-line" key={index} style={{ width: `${92 - ((index * 23) % 41)}%` }} />)}
      <p className="hint">{text}</p>
    </div>
  )
}
