import { signIn } from '../sandbox/walk-install.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A signed-in person who asks our API as the widget does, and renews the session when it has run out. */
export interface Person {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
}

export async function person(server: string, userId: string): Promise<Person> {
  let { accessToken, cookie } = await signIn({ server, userId, purpose: 'panel' });

  async function renew(): Promise<void> {
    const answer = await fetch(new URL('/auth/refresh', server), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server, 'x-customer-360': '1', cookie },
      body: '{}',
    });
    if (answer.status === 401) {
      // idle or absolute limit: a person signs in again
      ({ accessToken, cookie } = await signIn({ server, userId, purpose: 'panel' }));
      return;
    }
    if (!answer.ok) throw new Error(`Renewal refused: ${answer.status} ${await answer.text()}`);
    cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    ({ accessToken } = (await answer.json()) as { accessToken: string }); // safe because a wrong answer fails the next question
  }

  async function ask(path: string, headers: Record<string, string>): Promise<Answer> {
    const answer = await fetch(new URL(path, server), {
      headers: { authorization: `Bearer ${accessToken}`, ...headers },
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  return {
    async get(path, headers = {}) {
      const first = await ask(path, headers);
      if (first.status !== 401) return first;
      await renew();
      return ask(path, headers);
    },
  };
}
