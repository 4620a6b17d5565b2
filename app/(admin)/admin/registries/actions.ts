"use server";

import { type Outcome, runFormAction } from "@/app/_forms/form-action";
import { readField } from "@/app/_forms/form-data";
import type { FormState } from "@/components/ui/form-state";
import { removeCredentials } from "@/lib/marketplace/registry-credentials/remove-credentials";
import { placeName, storeCredentials } from "@/lib/marketplace/registry-credentials/store-credentials";
import { type TestResult, testCredentials } from "@/lib/scanning/credentials/test-credentials";

const HERE = "/admin/registries";

export async function putCredentials(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const { created, ...place } = await storeCredentials(ctx, {
      ...placeIn(form),
      username: readField(form, "username"),
      password: readField(form, "password"),
      tokenServer: readField(form, "tokenServer"),
    });
    const title = `${created ? "Stored" : "Replaced"} the credentials for ${placeName(place)}`;
    return { tone: "success", title, text: "Test them to see whether the registry accepts them.", to: HERE };
  });
}

export async function deleteCredentials(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const place = await removeCredentials(ctx, placeIn(form));
    return { tone: "success", title: `Removed the credentials for ${placeName(place)}`, to: HERE };
  });
}

export async function tryCredentials(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const place = placeIn(form);
    const result = await testCredentials(ctx, { ...place, repository: readField(form, "repository") });
    return { ...messageOf(result, placeName(place)), to: HERE };
  });
}

function placeIn(form: FormData) {
  return { host: readField(form, "host"), namespace: readField(form, "namespace") };
}

function messageOf({ outcome, error }: TestResult, name: string): Omit<Outcome, "to"> {
  switch (outcome) {
    case "passed":
      return { tone: "success", title: `The credentials for ${name} work` };
    case "untested":
      return {
        tone: "info",
        title: `${name} did not ask for credentials`,
        text: "The registry answers this request without them. Test them with a private repository.",
      };
    case "failed":
      return {
        tone: "problem",
        title: `The credentials for ${name} do not work`,
        text: `${error?.message ?? ""} ${error?.suggestion ?? ""}`.trim(),
      };
  }
}
