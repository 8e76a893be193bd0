using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Maps;

/// <summary>Answers calls for the documents behind the points of a version's map.</summary>
internal sealed class MapDocuments(ModelRegistry models, TrainingDocuments training, MapColumns columns, QueryLane lane)
{
    private const int DefaultLength = 1000;
    private const int MaxLength = 5000;
    private const int MaxMatches = 200_000;

    public async Task<BatchGetMapDocumentsResponse> GetAsync(BatchGetMapDocumentsRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        int count = version.Content.DocumentIds.Count;
        for (int at = 0; at < request.Rows.Count; at++)
        {
            if (request.Rows[at] >= count)
            {
                throw Fault.InvalidField(
                    FormattableString.Invariant($"rows[{at}]"),
                    FormattableString.Invariant($"must be below {count}, the number of documents of the version"));
            }
        }

        MapIndex index = await columns.IndexAsync(version, cancellationToken);
        IReadOnlyList<Document> documents = await training.ReadAtAsync(
            version, [.. request.Rows.Select(row => index.Places[row])], cancellationToken);
        int length = Paging.Size(request.TextLength, DefaultLength, MaxLength);
        return new BatchGetMapDocumentsResponse
        {
            ModelVersion = version.Name,
            Documents = { request.Rows.Select((row, at) => MapMapping.ToProto(version.Content, row, documents[at], length)) },
        };
    }

    public async Task<SearchMapDocumentsResponse> SearchAsync(SearchMapDocumentsRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        List<int> rows = await lane.RunAsync(() => MatchesAsync(version, request.Query, cancellationToken), cancellationToken);
        return new SearchMapDocumentsResponse
        {
            ModelVersion = version.Name,
            MatchCount = rows.Count,
            Rows = { rows.Take(MaxMatches) },
        };
    }

    private async Task<List<int>> MatchesAsync(VersionHandle version, string query, CancellationToken cancellationToken)
    {
        List<int> rows = [];
        await training.VisitAsync(
            version,
            document =>
            {
                if (document.Document.Text.Contains(query, StringComparison.OrdinalIgnoreCase))
                {
                    rows.Add(document.Row);
                }
            },
            cancellationToken);
        rows.Sort();
        return rows;
    }
}
