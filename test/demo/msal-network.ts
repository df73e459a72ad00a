/** MSAL's network over a `Send`, with nothing added. */
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Send } from '../../src/graph/send.ts';

export function networkOver(send: Send): INetworkModule {
  async function exchange<Body>(
    method: string,
    url: string,
    options: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<Body>> {
    const { headers = {}, body } = options ?? {};
    const response = await send(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
    const parsed: Body = JSON.parse(await response.text());
    return { status: response.status, headers: Object.fromEntries(response.headers), body: parsed };
  }
  return {
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };
}
