using TopicGrpc.V1;

namespace TopicGrpc.Server.Erasing;

/// <summary>Findings of a receipt. One erasure at a time changes the receipts, so they need no lock.</summary>
internal static class Receipts
{
    public static Erasure.Types.Finding? Find(Erasure receipt, string resource) =>
        receipt.Findings.FirstOrDefault(finding => finding.Resource == resource);

    public static Erasure.Types.Finding FindOrAdd(Erasure receipt, string resource)
    {
        if (Find(receipt, resource) is { } known)
        {
            return known;
        }

        Erasure.Types.Finding added = new() { Resource = resource };
        receipt.Findings.Add(added);
        return added;
    }
}
