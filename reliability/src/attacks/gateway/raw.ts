// Bytes to a server of this machine, and all that it answers.
import { connect } from 'node:net';

/** Resolves when the connection is closed. @param stays whether our half stays open: who closes it may be taken to have left */
export const exchangeRaw = (port: number, bytes: string, stays = false): Promise<string> =>
  new Promise((done) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      heard += piece;
    });
    socket.on('error', () => undefined).once('close', () => done(heard));
    if (stays) socket.write(bytes, 'latin1');
    else socket.end(bytes, 'latin1');
  });
