// These packages ship no types; only what we call is told here.
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: object; signer?: object; date?: string | Date });
  }
}
declare module '@digitalbazaar/ed25519-multikey' {
  export interface Multikey {
    id: string;
    controller: string;
    publicKeyMultibase: string;
    signer(): object;
    export(options: { publicKey: boolean; secretKey?: boolean }): Promise<object>;
  }
  export function from(key: object): Promise<Multikey>;
  export function generate(options?: { id?: string; controller?: string; seed?: Uint8Array }): Promise<Multikey>;
}
declare module '@digitalbazaar/vc' {
  type DocumentLoader = (url: string) => object | Promise<object>;
  export const defaultDocumentLoader: (url: string) => Promise<object>;
  export function verifyCredential(options: {
    credential: object;
    suite: object;
    controller?: object;
    now?: Date;
    documentLoader: DocumentLoader;
    checkStatus?: () => Promise<{ verified: boolean }>;
  }): Promise<{ verified: boolean; error?: Error }>;
  export function issue(options: {
    credential: object;
    suite: object;
    documentLoader: DocumentLoader;
  }): Promise<object>;
}
