/** A checkpoint key behind a command, so that it can lie in an HSM. The command is run once for each key and head, without a shell: the note
 *  body on stdin, `SUNDIAL_LOG_KEY_ID` (8 hex digits) in its environment. It answers the bare signature on stdout: of P-256 with SHA-256 as
 *  ASN.1 DER or as 64 bytes r‖s, of Ed25519 64 bytes; exit code 0. */
import { spawn } from 'node:child_process';
import { type Bytes, concat } from '../../shared/base/bytes.ts';
import { derToRaw, parseVkey, rawToDer, signatureFits, type Vkey } from '../../shared/proof/checkpoint.ts';
import type { LogKey } from './key-files.ts';
import { KeyTrouble } from './key-trouble.ts';

/** `command`: program and arguments, parted by blanks; `vkeys`: the keys that it signs with, parted by blanks. */
export interface LogCommand {
  readonly command: string;
  readonly vkeys: string;
}

const timeoutMs = 10_000;
const mostBytes = 4096;

/** The keys of a command. Throws KeyTrouble for a text that is no vkey of this origin. */
export async function commandKeys({ command, vkeys }: LogCommand, origin: string): Promise<LogKey[]> {
  const keys: LogKey[] = [];
  for (const text of vkeys.split(/\s+/).filter(Boolean)) {
    const vkey = await parseVkey(text);
    if (vkey === null || vkey.type === 4 || vkey.name !== origin)
      throw new KeyTrouble({ code: 'VKEY_INVALID', at: text, more: origin });
    keys.push({ type: vkey.type, vkey: text, sign: (body) => signed(command, vkey, body) });
  }
  return keys;
}

/** What the command answers, once it is known to be good: a wrong line would turn every reader's page red. */
async function signed(command: string, vkey: Vkey, body: Bytes): Promise<Bytes> {
  const given = await answerOf(command, vkey.id, body);
  const signature = vkey.type === 2 && given.length === 64 && derToRaw(given) === null ? rawToDer(given) : given;
  if (!(await signatureFits(vkey, signature, body)))
    throw new KeyTrouble({ code: 'COMMAND_FAILED', at: command, more: `${vkey.id}: ${given.length} bytes` });
  return signature;
}

function answerOf(command: string, id: string, body: Bytes): Promise<Bytes> {
  const [program = '', ...words] = command.split(/\s+/).filter(Boolean);
  const failed = (more: string, cause?: unknown) =>
    new KeyTrouble({ code: 'COMMAND_FAILED', at: command, more: more.trim().slice(0, 300) }, cause);
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, SUNDIAL_LOG_KEY_ID: id },
    });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    let said = '';
    // What the command has begun may keep its output open after its end: then nobody listens to it any more.
    const giveUp = (why: string): void => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      reject(failed(why));
    };
    const late = setTimeout(() => giveUp(`> ${timeoutMs / 1000} s ${said}`), timeoutMs);
    child.stdout.on('data', (part: Uint8Array) => {
      parts.push(part);
      bytes += part.length;
      if (bytes > mostBytes) giveUp(`> ${mostBytes} bytes`);
    });
    child.stderr.on('data', (part: Uint8Array) => {
      if (said.length < mostBytes) said += new TextDecoder().decode(part);
    });
    child.on('error', (error) => reject(failed(error.message, error)));
    // A command that does not read its input has closed the pipe: its exit code says what happened.
    child.stdin.on('error', () => undefined);
    child.on('close', (code, signal) => {
      clearTimeout(late);
      if (code === 0) resolve(concat(...parts));
      else reject(failed(`${signal ?? code} ${said}`));
    });
    child.stdin.end(body);
  });
}
