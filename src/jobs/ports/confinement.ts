/** What holds an ffmpeg on this machine, each where the system has it and lets us: Linux with util-linux. */
export interface Confinement {
  /** A network of its own, with nobody in it. */
  readonly noNetwork: boolean
  /** Bounds of processor time, memory and files; no core dumps. */
  readonly limits: boolean
  /** Why the number of its processes has no bound, for operators; null: it has one. */
  readonly processesUnbounded: string | null
  /** It dies with its worker, however that dies. */
  readonly diesWithWorker: boolean
}
