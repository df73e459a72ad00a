/** `doctor`: gathers what is to be examined, and prints what is found while it is found. Signs nobody in. */
import { readFileSync } from 'node:fs';
import { connect } from '../connect.ts';
import { contosoCustomers } from '../demo/identity.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Environment, ExtraCertificates, Patient, Whereto } from '../doctor/patient.ts';
import { findingText, firstFailure, reportJson, summaryText } from '../doctor/report.ts';
import { defaultClientId, endpointsOf } from '../endpoints.ts';
import { createLogClock } from '../graph/log-clock.ts';
import { createRealSend } from '../graph/real-send.ts';
import { outputOn } from '../headless/output.ts';
import { exitCodeOfKind, sayText } from '../headless/problem-text.ts';
import { unknownVariables } from '../options/unknown-variables.ts';
import type { DoctorOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { endDebugLog, startDebugLog } from './debugging.ts';
import { listenForInterruption } from './interruption.ts';
import { loginCommand } from './sign-in.ts';

export async function runDoctor(options: DoctorOptions, program: Program): Promise<number> {
  const debugLog = startDebugLog(options, program);
  if (debugLog === null) return 2;
  const interruption = listenForInterruption(program.edges.host);
  const output = outputOn(program.io.stdout, { clock: program.edges.clock, interrupted: interruption.signal });
  const findings: Finding[] = [];
  try {
    const patient = await patientOf(options, program, debugLog);
    const asLines = options.output === 'table';
    for await (const finding of examine(patient, interruption.signal)) {
      findings.push(finding);
      if (asLines) await output.write(findingText(finding));
    }
    if (!interruption.signal.aborted) await output.write(asLines ? summaryText(findings) : reportJson(findings));
    await output.flush();
  } finally {
    interruption.release();
    endDebugLog(debugLog, program.io);
  }
  if (interruption.signal.aborted) return interruption.exitCode();
  const kind = firstFailure(findings)?.kind ?? null;
  return kind === null ? 0 : exitCodeOfKind(kind);
}

type DebugLog = NonNullable<ReturnType<typeof startDebugLog>>;

async function patientOf(options: DoctorOptions, program: Program, debugLog: DebugLog): Promise<Patient> {
  const { io, edges, version } = program;
  const { target, settings, ascii, color } = options;
  const known = {
    versions: { program: version, node: process.versions.node, system: `${edges.platform} ${process.arch}` },
    settings: { ...settings, unknownVariables: unknownVariables(io.env) },
    environment: io.env,
    extraCertificates: extraCertificates(io.env),
    terminal: edges.terminal === null ? null : { ...(await edges.terminal()).size, ascii, color },
    clock: edges.clock,
  };
  if (target.kind === 'unnamed') {
    const whereto = { ...target, tenant: null, isDemo: false };
    const send = debugLog.send(createRealSend({ environment: io.env }));
    return { ...known, whereto, send, signedIn: null, loginCommand: 'entra-signups login --tenant <id|domain>' };
  }
  const { findAccount, parts } = await connect({
    ...{ target, program, debugLog },
    observe: () => {},
    onNotice: (sentences) => io.stderr.write(sayText(sentences)),
    logClock: createLogClock(program.edges.clock),
  });
  return {
    ...known,
    whereto: target.kind === 'demo' ? demoWhereto : { ...target, isDemo: false },
    send: parts.send,
    signedIn: {
      findAccount,
      accessToken: (signal) => parts.tokens.accessToken({ renew: false, claims: null, signal }),
      get: (url, signal) => parts.client.get({ url, priority: 'user', signal }),
    },
    loginCommand: loginCommand({ ...options, target }),
  };
}

const demoWhereto: Whereto = {
  tenant: contosoCustomers().domain,
  clientId: defaultClientId,
  cloud: 'global',
  loginUrl: endpointsOf.global.loginUrl,
  graphUrl: endpointsOf.global.graphUrl,
  isDemo: true,
};

function extraCertificates({ NODE_EXTRA_CA_CERTS: file }: Environment): ExtraCertificates {
  if (file === undefined || file === '') return null;
  try {
    const isPem = readFileSync(file, 'latin1').includes('-----BEGIN CERTIFICATE-----');
    return { file, state: isPem ? 'certificates' : 'noCertificates' };
  } catch {
    return { file, state: 'unreadable' };
  }
}
