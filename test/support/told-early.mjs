import { isMainThread } from 'node:worker_threads';

/**
 * `node --import` this beside the sources. The runner of the tests tells all of its processes what they work on as soon
 * as the first of them asks, and each only once: one that is not listening yet would ask in vain and wait for ever. Here
 * it is kept until it is asked for.
 */
const DATA = 'jest-light-runner-worker-data';
const ASKED = 'jest-light-runner-get-worker-data';

if (isMainThread && process.send) {
  let told;
  const keep = (message) => {
    if (message?.type === DATA) told = message;
  };
  // Not before others listen: what is read from the channel is gone for whoever listens later.
  const begin = (event) => {
    if (event !== 'message') return;
    process.off('newListener', begin);
    process.prependListener('message', keep);
  };
  process.on('newListener', begin);
  const send = process.send.bind(process);
  process.send = (message, ...rest) => {
    if (message !== ASKED || told === undefined) return send(message, ...rest);
    process.nextTick(() => process.emit('message', told));
    return true;
  };
}
