// A process with a child, for a test that kills it. Prints the pid of the child, which is at work.
import { createChildren } from '#built/src/children/create-children.js'
import { confine, findConfinement } from '#built/src/media/process/confine.js'

const [file = ''] = process.argv.slice(2)
const memory = { cpuSec: 600, memoryBytes: 768 * 1024 ** 2, fileBytes: 0 }
const [program, ...options] = [...confine(await findConfinement(), memory), process.execPath]
const children = createChildren({
  ...{ file, command: [program, ...options] },
  ...{ children: 1, deadlineMs: 600_000, waitingPerOwner: 5 },
})
const pid = await children.run('a', 'pid', /** @type {never} */ (undefined))
void children.run('a', 'neverEnd', /** @type {never} */ (undefined))
console.log(pid)
