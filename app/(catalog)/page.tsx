import { SiteFrame } from "@/app/site-frame";
import { currentViewer } from "@/app/viewer";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";

const DOCUMENTS = [
  {
    href: "/api/v1/extensions",
    title: "Extensions",
    text: "Every listed extension with its versions, platforms and requirements.",
  },
  {
    href: "/api/v1/allow-list",
    title: "Allow-list",
    text: "The exact tag and digest that clients may install, now or at any past instant.",
  },
  {
    href: "/api/v1/openapi.json",
    title: "API description",
    text: "Every operation of the API as an OpenAPI document, for people and for generators.",
  },
];

export default async function HomePage() {
  const viewer = await currentViewer();
  return (
    <SiteFrame>
      <Page
        title="Docker Desktop extensions, reviewed and served from here"
        lead="Publishers submit an image repository. Gantry inspects it, reviewers decide, and each new tag is listed by the rules they set. Clients get exact digests."
      >
        {viewer.kind === "anonymous" ? (
          <Link plain href="/sign-in" className={buttonClasses()}>
            Sign in
          </Link>
        ) : null}
        {viewer.kind === "user" ? (
          <p>
            You are signed in as <strong className="font-semibold">{viewer.session.actor.name}</strong> (
            {viewer.session.actor.role}). <Link href="/account">Open your account</Link>
          </p>
        ) : null}
        <section aria-labelledby="documents" className="pt-4">
          <h2 id="documents" className="text-lg font-semibold">
            Read it by API
          </h2>
          <ul className="mt-3 grid gap-4 sm:grid-cols-3">
            {DOCUMENTS.map((document) => (
              <li key={document.href}>
                <Card className="relative h-full hover:border-line-strong">
                  <h3 className="font-semibold">
                    <a
                      href={document.href}
                      className="text-accent after:absolute after:inset-0 after:rounded-lg"
                    >
                      {document.title}
                    </a>
                  </h3>
                  <p className="mt-1 text-sm text-ink-soft">{document.text}</p>
                  <code className="mt-3 block font-mono text-xs break-all text-ink-soft">
                    {document.href}
                  </code>
                </Card>
              </li>
            ))}
          </ul>
        </section>
      </Page>
    </SiteFrame>
  );
}
