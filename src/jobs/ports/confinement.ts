/** How ffmpeg is confined on this machine. Each measure needs Linux with util-linux, and the permission to use it. */
export interface Confinement {
  /** It has a network namespace without any connection. */
  readonly noNetwork: boolean
  /** Its processor time, memory and files are limited, and it writes no core dumps. */
  readonly limits: boolean
  /** Why the number of its processes is not limited, for operators; null: it is limited. */
  readonly processesUnbounded: string | null
  /** It ends with its worker, even if the worker is killed. */
  readonly diesWithWorker: boolean
}
