import { join } from 'node:path'
import ts from 'typescript'
import { finishBuild } from '../build/finish-build.mjs'
import { messageOf } from '../setup/errors.mjs'

/** Time in which several changes, e.g. of a checkout, count as one. */
const SETTLE_MS = 200

/**
 * Builds again after each change of the sources, until it is closed. Code with errors is reported and not written.
 * @param {string} root
 * @param {object} listener
 * @param {(line: string) => void} listener.print
 * @param {() => void} listener.onBuilt called when dist/ has changed and is whole again
 */
export function watchBuild(root, { print, onBuilt }) {
  let isChanged = false
  let hasErrors = true
  let build = Promise.resolve()
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const schedule = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      build = build.then(finish)
    }, SETTLE_MS)
  }
  const finish = async () => {
    if (!isChanged || hasErrors) return
    isChanged = false
    try {
      print(`Built again: ${await finishBuild(root)}`)
      onBuilt()
    } catch (error) {
      print(`The build failed: ${messageOf(error)}`)
    }
  }
  const program = watchProgram(root, {
    print,
    onWrite: () => {
      isChanged = true
    },
    onCompiled: (errorCount) => {
      hasErrors = errorCount > 0
      if (hasErrors)
        print(`${errorCount === 1 ? '1 error' : `${errorCount} errors`}; the code of before keeps running.`)
      else schedule()
    },
  })
  // The pages of the console are copied, not compiled.
  const pages = ts.sys.watchDirectory?.(
    join(root, 'src/http/console'),
    () => {
      isChanged = true
      schedule()
    },
    true,
  )
  return {
    close: () => {
      clearTimeout(timer)
      program.close()
      pages?.close()
    },
  }
}

/**
 * @param {string} root
 * @param {object} listener
 * @param {(line: string) => void} listener.print
 * @param {() => void} listener.onWrite called for each file that the compiler writes
 * @param {(errorCount: number) => void} listener.onCompiled
 */
function watchProgram(root, { print, onWrite, onCompiled }) {
  /** @type {ts.System} */
  const system = {
    ...ts.sys,
    writeFile: (path, data, writeByteOrderMark) => {
      // The first round writes everything, whether or not the build of before has written the same.
      if (ts.sys.readFile(path) === data) return
      if (path.endsWith('.js')) onWrite()
      ts.sys.writeFile(path, data, writeByteOrderMark)
    },
  }
  const format = process.stdout.isTTY ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics
  const formatHost = ts.createCompilerHost({})
  const host = ts.createWatchCompilerHost(
    join(root, 'tsconfig.build.json'),
    undefined,
    system,
    ts.createEmitAndSemanticDiagnosticsBuilderProgram,
    (diagnostic) => print(format([diagnostic], formatHost).trimEnd()),
    (_status, _newLine, _options, errorCount) => {
      if (errorCount !== undefined) onCompiled(errorCount)
    },
  )
  return ts.createWatchProgram(host)
}
