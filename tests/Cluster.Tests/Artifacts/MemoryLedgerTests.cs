using TopicGrpc.Cluster.Artifacts;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>The contract of the ledger that simulations use.</summary>
public sealed class MemoryLedgerTests : LedgerContract
{
    private readonly MemoryLedger _ledger;

    public MemoryLedgerTests() => _ledger = new MemoryLedger(Clock);

    private protected override IObjectLedger Ledger => _ledger;
}
