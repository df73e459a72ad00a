/**
 * Where Microsoft's clouds answer: the sign-in host and the Graph host of each.
 * https://learn.microsoft.com/graph/deployments and
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */

export const cloudNames = ['global', 'usgov', 'usgov-dod', 'china'] as const;
export type Cloud = (typeof cloudNames)[number];

export interface Endpoints {
  /** Without a path or a slash at the end. */
  readonly loginUrl: string;
  readonly graphUrl: string;
  /** Whether Microsoft documents the sign-up log for this cloud; elsewhere Graph is asked all the same, and refuses. */
  readonly hasSignUpLog: boolean;
}

export const endpointsOf: Readonly<Record<Cloud, Endpoints>> = {
  global: {
    loginUrl: 'https://login.microsoftonline.com',
    graphUrl: 'https://graph.microsoft.com',
    hasSignUpLog: true,
  },
  usgov: {
    loginUrl: 'https://login.microsoftonline.us',
    graphUrl: 'https://graph.microsoft.us',
    hasSignUpLog: false,
  },
  'usgov-dod': {
    loginUrl: 'https://login.microsoftonline.us',
    graphUrl: 'https://dod-graph.microsoft.us',
    hasSignUpLog: false,
  },
  china: {
    loginUrl: 'https://login.partner.microsoftonline.cn',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn',
    hasSignUpLog: false,
  },
};

/** Microsoft Graph Command Line Tools: a public client of Microsoft's own that is known in every tenant. */
export const defaultClientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
