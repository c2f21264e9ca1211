import { useMutation } from '@tanstack/react-query'
import { studio } from '../../studio.js'

export function useJobActions() {
  const cancel = useMutation(studio.jobs.cancel.mutationOptions())
  const retry = useMutation(studio.jobs.retry.mutationOptions())
  const pause = useMutation(studio.jobs.pause.mutationOptions())
  const resume = useMutation(studio.jobs.resume.mutationOptions())
  const dismiss = useMutation(studio.jobs.dismiss.mutationOptions())
  const all = [cancel, retry, pause, resume, dismiss]
  return {
    cancel: (job: string) => cancel.mutate({ job }),
    /** The same work again; the job that stopped leaves the list, since the new one stands for it. */
    retry: (job: string) => retry.mutate({ job }, { onSuccess: (made) => { if (made.job !== job) dismiss.mutate({ job }) } }),
    pause: (job: string) => pause.mutate({ job }),
    resume: (job: string) => resume.mutate({ job }),
    dismiss: (job: string) => dismiss.mutate({ job }),
    error: all.find((mutation) => mutation.error)?.error ?? null,
    forgetError: () => { for (const mutation of all) mutation.reset() },
  }
}

export type JobActions = ReturnType<typeof useJobActions>
