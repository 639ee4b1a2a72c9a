import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { Client } from "pg";

/** The test server's address, when there is one; `.ci/run` starts it. */
export const serverUrl = process.env.TEST_DATABASE_URL;

export interface ServerDatabase {
  url: string;
  /** Breaks every connection and refuses new ones, as a server that went away does, until `restore`. */
  lose(): Promise<void>;
  restore(): Promise<void>;
  drop(): Promise<void>;
}

/** A fresh, empty database on the test server, reached through a line of its own that can be cut. */
export async function freshServerDatabase(): Promise<ServerDatabase> {
  const name = `mosaiq_test_${randomBytes(6).toString("hex")}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl!);
  url.pathname = `/${name}`;
  const line = await cuttableLine(Number(url.port || 5432), url.hostname);
  url.host = `127.0.0.1:${line.port}`;
  return {
    url: url.href,
    lose: line.cut,
    restore: line.mend,
    drop: async () => {
      await line.cut();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function cuttableLine(toPort: number, toHost: string) {
  const sockets = new Set<Socket>();
  const open = async (port: number) => {
    const server = createServer((near) => {
      const far = connect(toPort, toHost);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on("error", () => {}).on("close", () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    }).listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await open(0);
  const { port } = server.address() as { port: number };
  return {
    port,
    cut: async () => {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: async () => {
      server = await open(port);
    },
  };
}
