/**
 * Passkeys: shows what this browser can do with them, makes them and signs in with them.
 *
 * A form with `data-passkey` has a hidden field `credential`. What the server asks for stands in
 * the JSON block `passkey`; only signing in fetches it, since most people do not need it.
 */

interface Descriptor {
  id: string;
  type: PublicKeyCredentialType;
  transports?: AuthenticatorTransport[];
}

interface Creation {
  publicKey: Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & {
    challenge: string;
    user: { id: string; name: string; displayName: string };
    excludeCredentials?: Descriptor[];
  };
}

interface Asking {
  publicKey: Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
    challenge: string;
    allowCredentials?: Descriptor[];
  };
}

type Form = HTMLFormElement & { credential: HTMLInputElement };

const NUMBERS_ONLY = /^[\d.]+$|^\[/;

/** An address made of numbers cannot own passkeys, in any browser. */
function usable(): boolean {
  return "PublicKeyCredential" in window && !NUMBERS_ONLY.test(location.hostname);
}

function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(data: ArrayBuffer | null | undefined): string | null {
  if (!data) return null;
  const plain = String.fromCharCode(...new Uint8Array(data));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function descriptors(rows: Descriptor[] | undefined): PublicKeyCredentialDescriptor[] {
  return (rows ?? []).map((row) => ({ ...row, id: bytes(row.id) }));
}

function shown(credential: PublicKeyCredential, response: Record<string, unknown>): string {
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });
}

async function made(options: Creation): Promise<string> {
  const wished = options.publicKey;
  const credential = (await navigator.credentials.create({
    publicKey: {
      ...wished,
      challenge: bytes(wished.challenge),
      user: { ...wished.user, id: bytes(wished.user.id) },
      excludeCredentials: descriptors(wished.excludeCredentials),
      authenticatorSelection: {
        ...wished.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return shown(credential, {
    attestationObject: text(response.attestationObject),
    transports: response.getTransports(),
  });
}

async function asked(options: Asking): Promise<string> {
  const wished = options.publicKey;
  const credential = (await navigator.credentials.get({
    publicKey: {
      ...wished,
      challenge: bytes(wished.challenge),
      allowCredentials: descriptors(wished.allowCredentials),
    },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return shown(credential, {
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: text(response.userHandle),
  });
}

function block<T>(): T {
  return JSON.parse(document.getElementById("passkey")?.textContent ?? "{}") as T;
}

async function fetched(form: Form): Promise<Asking> {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { request_options: Asking }).request_options;
}

async function credentialOf(form: Form): Promise<string> {
  switch (form.dataset["passkey"]) {
    case "create":
      return made(block<{ creation_options: Creation }>().creation_options);
    case "login":
      return asked(await fetched(form));
    default:
      return asked(block<{ request_options: Asking }>().request_options);
  }
}

function formBind(form: Form): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const error = form.querySelector<HTMLElement>("[data-passkey-error]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.credential.value) return;
    event.preventDefault();
    if (button) button.disabled = true;
    if (error) error.hidden = true;
    credentialOf(form)
      .then((credential) => {
        form.credential.value = credential;
        form.submit();
      })
      .catch(() => {
        if (error) error.hidden = false;
        if (button) button.disabled = false;
      });
  });
}

export function passkeysBind(): void {
  if (!usable()) return;
  for (const form of document.querySelectorAll<Form>("form[data-passkey]")) formBind(form);
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey-only]")) part.hidden = false;
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey-none]")) part.hidden = true;
}
