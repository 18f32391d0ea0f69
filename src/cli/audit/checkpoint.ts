import type { Command } from 'commander';
import { createCheckpointSigner } from '../../audit/checkpoint.ts';
import { sealPending } from '../../audit/sealer.ts';
import { takeCheckpoint, toCheckpoint } from '../../audit/take-checkpoint.ts';
import { publishCheckpointKey, readCheckpointKeys, readLastCheckpoint } from '../../store/checkpoints.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { runCommand, type CommonOptions } from '../run-command.ts';
import { loadSigningKey } from '../serve/signing-key.ts';
import { say, type Terminal } from '../terminal.ts';
import { withStore } from './sides.ts';

/** `gatehouse audit checkpoint`: signs what there is and prints it, to be kept outside of the database's reach. */
export function addCheckpointCommand(audit: Command, terminal: Terminal): void {
  audit
    .command('checkpoint')
    .description('seal and sign the record as it stands, and print the checkpoint: keep it elsewhere')
    .option('--key', 'print the public keys in PEM that checkpoints are signed with, and sign nothing')
    .action((options: CommonOptions & { key?: boolean }) =>
      runCommand(terminal, options, async () => {
        const text = await withStore(terminal, async (store, settings) => {
          if (options.key === true)
            return [...(await readCheckpointKeys(store)).values()].map((key) => key.trim()).join('\n');
          const signer = createCheckpointSigner(loadSigningKey(settings.checkpoints.key));
          await publishCheckpointKey(store, signer.keyId, signer.publicKeyPem);
          await sealPending(store);
          await takeCheckpoint(store, signer, Date.now());
          const last = await readLastCheckpoint(store);
          return last === undefined ? '' : JSON.stringify(toCheckpoint(last));
        });
        if (text === '')
          throw new CliError('not_found', 'There is nothing on record yet: nothing was signed.', EXIT.other);
        say(terminal, text);
        return EXIT.done;
      }),
    );
}
