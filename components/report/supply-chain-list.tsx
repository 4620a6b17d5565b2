import { DefinitionList } from "@/components/ui/definition-list";
import { FoldedRows } from "@/components/ui/fold";
import { PRESENT_NOT_VERIFIED, supplyChainFacts } from "@/lib/extension/report/supply-chain-labels";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";

export function SupplyChainList({ supplyChain }: { supplyChain: SupplyChainReport }) {
  const items = supplyChainFacts(supplyChain).map(({ term, said }) => ({
    term,
    details: <Said said={said} />,
  }));
  return (
    <>
      <p className="mb-4 text-sm text-ink-soft">{PRESENT_NOT_VERIFIED}</p>
      <DefinitionList items={items} />
    </>
  );
}

function Said({ said }: { said: readonly string[] }) {
  const [only, ...more] = said;
  if (more.length === 0) return <>{only}</>;
  return (
    <FoldedRows rows={said} more={(count) => `Show ${count} more`}>
      {(rows) => (
        <ul className="space-y-1">
          {rows.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </FoldedRows>
  );
}
