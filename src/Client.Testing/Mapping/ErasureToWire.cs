using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Corpora;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps erasures, and the condition on documents that a request gives.</summary>
internal static class ErasureToWire
{
    public static Wire.Erasure Map(ErasureInfo receipt) => new()
    {
        Name = $"corpora/{receipt.Corpus}/erasures/{receipt.Name}",
        State = Wire.Erasure.Types.State.Succeeded,
        DocumentCount = receipt.DocumentCount,
        TextBytes = receipt.TextBytes,
        CreateTime = Time(receipt.Created),
        EndTime = Time(receipt.Ended),
        Findings =
        {
            receipt.Findings.Select(static finding => new Wire.Erasure.Types.Finding
            {
                Resource = finding.Resource,
                DocumentCount = finding.DocumentCount,
                RepresentativeDocumentCount = finding.RepresentativeDocumentCount,
                RemoveTime = Time(finding.Removed),
            }),
        },
    };

    public static Func<TopicDocument, bool> Selection(Wire.DeleteDocumentsRequest request)
    {
        if (request.Ids is { } ids)
        {
            return document => ids.Values.Contains(document.Id);
        }

        Wire.DeleteDocumentsRequest.Types.Filter filter = request.Filter;
        var from = filter.FromTime?.ToDateTimeOffset();
        var before = filter.BeforeTime?.ToDateTimeOffset();
        return document =>
            (from is null || document.Time >= from)
            && (before is null || document.Time < before)
            && filter.Attributes.All(pair => document.Attributes.GetValueOrDefault(pair.Key) == pair.Value);
    }

    private static Timestamp? Time(DateTimeOffset? time) => time is { } given ? Timestamp.FromDateTimeOffset(given) : null;
}
