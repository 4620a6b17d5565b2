import { looksRandom } from "@/lib/extension/secrets/randomness";

/** A kind of secret. Patterns are global, bounded, and without nested repetition. */
export type SecretKind = {
  kind: string;
  /** Noun phrase for sentences: `a GitHub token`. */
  words: string;
  pattern: RegExp;
  /** The pattern's group with the secret; default: the whole match. */
  group?: number;
  /** False for text that only has the form, such as a placeholder. */
  isReal?: (match: RegExpExecArray) => boolean;
};

/** Text in which one character keeps repeating is a placeholder. */
function isVaried(match: RegExpExecArray): boolean {
  return new Set(match[0].slice(-20)).size > 6;
}

/** Kinds with a distinctive prefix first; generic ones last. */
export const SECRET_KINDS: readonly SecretKind[] = [
  {
    kind: "private_key",
    words: "a private key",
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,8000}(?:-----END [A-Z0-9 ]{0,50}-----)?/g,
  },
  {
    kind: "aws_access_key",
    words: "an AWS access key id",
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
    isReal: (match) => isVaried(match) && !match[0].endsWith("EXAMPLE"),
  },
  {
    kind: "aws_secret_key",
    words: "an AWS secret access key",
    pattern:
      /aws_?(?:secret)?_?(?:access)?_?key[\w-]{0,20}["']?\s{0,5}[:=]\s{0,5}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    group: 1,
    isReal: (match) => looksRandom(match[1] ?? "") && !(match[1] ?? "").includes("EXAMPLE"),
  },
  {
    kind: "github_token",
    words: "a GitHub token",
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/g,
    isReal: isVaried,
  },
  {
    kind: "github_fine_grained_token",
    words: "a GitHub token",
    pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g,
    isReal: isVaried,
  },
  {
    kind: "gitlab_token",
    words: "a GitLab token",
    pattern: /\bgl(?:pat|dt|rt|cbt|ptt)-[A-Za-z0-9_-]{20,64}(?![A-Za-z0-9_-])/g,
    isReal: isVaried,
  },
  { kind: "npm_token", words: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b/g, isReal: isVaried },
  {
    kind: "pypi_token",
    words: "a PyPI token",
    pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,400}/g,
    isReal: isVaried,
  },
  {
    kind: "docker_token",
    words: "a Docker Hub token",
    pattern: /\bdckr_[po]at_[A-Za-z0-9_-]{20,64}/g,
    isReal: isVaried,
  },
  {
    kind: "slack_token",
    words: "a Slack token",
    pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,250}/g,
    isReal: isVaried,
  },
  {
    kind: "slack_webhook",
    words: "a Slack webhook",
    pattern:
      /\bhooks\.slack\.com\/(?:services|workflows)\/T[A-Z0-9]{6,12}\/[A-Z][A-Z0-9]{6,12}\/[A-Za-z0-9]{20,32}/g,
    isReal: isVaried,
  },
  {
    kind: "stripe_key",
    words: "a Stripe key",
    pattern: /\b[sr]k_live_[A-Za-z0-9]{24,200}\b/g,
    isReal: isVaried,
  },
  {
    kind: "google_api_key",
    words: "a Google API key",
    pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g,
    isReal: isVaried,
  },
  {
    kind: "google_service_account",
    words: "a Google service account key",
    pattern: /"private_key_id"\s{0,5}:\s{0,5}"([0-9a-f]{40})"/g,
    group: 1,
    isReal: isVaried,
  },
  {
    kind: "azure_storage_key",
    words: "an Azure storage key",
    pattern: /\bAccountKey\s{0,3}=\s{0,3}([A-Za-z0-9+/]{86}==)/gi,
    group: 1,
    isReal: isVaried,
  },
  {
    kind: "json_web_token",
    words: "a JSON web token",
    pattern: /(?<![\w-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,1000}/g,
  },
  { kind: "twilio_key", words: "a Twilio API key", pattern: /\bSK[0-9a-f]{32}\b/g, isReal: isVaried },
  {
    kind: "sendgrid_key",
    words: "a SendGrid key",
    pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g,
    isReal: isVaried,
  },
  {
    kind: "anthropic_key",
    words: "an Anthropic key",
    pattern: /(?<![\w-])sk-ant-[A-Za-z0-9_-]{30,200}/g,
    isReal: isVaried,
  },
  {
    kind: "openai_key",
    words: "an OpenAI key",
    pattern: /(?<![\w-])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{15,150}T3BlbkFJ[A-Za-z0-9_-]{15,150}/g,
    isReal: isVaried,
  },
  {
    kind: "hugging_face_token",
    words: "a Hugging Face token",
    pattern: /\bhf_[A-Za-z0-9]{34}\b/g,
    isReal: isVaried,
  },
  {
    kind: "digitalocean_token",
    words: "a DigitalOcean token",
    pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/g,
    isReal: isVaried,
  },
  {
    kind: "password_in_address",
    words: "a password in an address",
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{1,100}:([^\s/@"'<>]{8,200})@/gi,
    group: 1,
    isReal: isPassword,
  },
  // `DB_PASSWORD=…`, `"password": "…"`. A colon with `-`, `+` or `?` belongs to a variable.
  passwordAfter(String.raw`(?<![\w?&.-])[\w.-]{0,40}`, String.raw`["']?\s{0,5}(?:=|:(?![-+?]))\s{0,5}["']?`),
  // The default of a variable in a Compose file or shell script: `${DB_PASSWORD:-…}`.
  passwordAfter(String.raw`\$\{\w{0,40}`, ":?[-+][\"']?"),
  // An argument: `--password …`, `["--password", "…"]`, or the next item of a YAML list.
  passwordAfter(
    String.raw`(?<![\w-])--[\w-]{0,40}`,
    String.raw`["']?(?:\s{0,5},\s{0,5}|\s{0,5}\r?\n\s{0,60}-\s{1,5}|[ \t]{1,5})["']?(?!-)`,
  ),
];

/** A password by the name before it, wherever it stands. All forms accept the same names and values. */
function passwordAfter(start: string, separator: string): SecretKind {
  const names = "(?:password|passwd|passphrase|secret|token|(?:api|access|auth|secret)[_-]?key|credentials?)";
  const value = String.raw`([^\s"'\x60,;<>{}()[\]\\]{8,200})`;
  return {
    kind: "password",
    words: "a password or key",
    pattern: new RegExp(start + names + separator + value, "gi"),
    group: 1,
    isReal: isPassword,
  };
}

/** Whether a value can be a real password: random, and not one that everyone knows. */
function isPassword(match: RegExpExecArray): boolean {
  const value = match[1] ?? "";
  return !isPlaceholder(value) && looksRandom(value);
}

/** Words of which the passwords of examples consist: `my-secret-pw`, `postgres123`. */
const EXAMPLE_WORDS =
  /^(?:my|your|some|the|super|very|root|admin|user|test|default|local|dev|demo|db|database|mysql|mariadb|postgres(?:ql)?|redis|mongo|rabbitmq|minio|docker|wordpress|app|strong|secure|random|secret|p[a@]ssw[o0]rd|pass|pw|pwd|token|key|api|guest|letmein|welcome|\d{1,6}(?!\d)|[-_.!@#]){1,12}$/i;

/** Placeholders, values of examples, and names of places where a secret is kept. */
function isPlaceholder(text: string): boolean {
  return (
    /^[$%*.<[{]|\$\{?\w/.test(text) ||
    /^(?:\/|\.\/|~\/|https?:)/.test(text) ||
    EXAMPLE_WORDS.test(text) ||
    /change.?me|example|placeholder|your[-_ ]?|dummy|sample|redacted|x{4,}|\*{3,}|^(?:true|false|null|none|required|optional)$/i.test(
      text,
    )
  );
}
