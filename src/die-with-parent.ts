/**
 * The words before a command that make the kernel send it a signal when this process dies, however it dies. If we die
 * before that is set, the kernel does not notice: so a shell then checks that its parent is still this process, and
 * becomes the command, without the variable that it has added.
 * @param options further options of setpriv(1)
 */
export function dieWithParent(signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM', options: string[] = []): string[] {
  const becomeCommand = 'unset PWD; [ "$PPID" = "$1" ] && shift && exec "$@"'
  return [
    'setpriv',
    ...options,
    ...['--pdeathsig', signal.slice('SIG'.length)],
    '--',
    ...['sh', '-c', becomeCommand, 'sh', String(process.pid)],
  ]
}
