using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Maps;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Topics;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Documents;

/// <summary>
/// Lists the training documents of a version in pages: topics, and optionally texts, positions and embeddings. A page token is a row, so a
/// listing that breaks off resumes with its last token.
/// </summary>
internal sealed class DocumentListing(
    ModelRegistry models,
    TrainingDocuments training,
    AssignedListing assigned,
    MapColumns columns,
    MapComputation computation,
    QueryLane lane)
{
    private const int DefaultDocuments = 1000;
    private const int MaxDocuments = 5000;

    // As many texts as one call for documents of the map reads: up to 1 MiB each.
    private const int ReadDocuments = 100;

    public async Task<ListTopicDocumentsResponse> ListAsync(ListTopicDocumentsRequest request, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize, DefaultDocuments, MaxDocuments);
        (VersionSelector selector, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        TopicModel model = version.Content;
        if (request.HasTopicId && model.Find(request.TopicId) is null)
        {
            throw Fault.TopicNotFound(version.Name, request.TopicId);
        }

        if (request.Corpus.Length > 0)
        {
            return await assigned.ListAsync(request, version, first, size, cancellationToken);
        }

        int[] rows = Rows(model, request.HasTopicId ? request.TopicId : null, first, size);
        DocumentParts parts = new(
            request.IncludePosition ? await computation.PointsAsync(version, cancellationToken) : null,
            request.IncludeEmbedding ? Embeddings(model) : null);
        ListTopicDocumentsResponse response = new() { ModelVersion = version.Name };
        int taken = request.IncludeContent
            ? await TakeContentAsync(version, rows, parts, response, cancellationToken)
            : Take(model, rows, documents: null, parts, response);
        int next = taken < rows.Length ? rows[taken] : NextRow(rows, size, model.Assignments.Length);
        response.NextPageToken = next < model.Assignments.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    /// <summary>Returns the rows of a page; erased documents are left out.</summary>
    private static int[] Rows(TopicModel model, int? topic, int first, int size)
    {
        HashSet<int> erased = [.. model.ErasedRows];
        List<int> rows = [];
        for (int row = first; row < model.Assignments.Length && rows.Count < size; row++)
        {
            if (!erased.Contains(row) && (topic is null || model.Assignments[row] == topic))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    // A page that is not full has all rows to the end.
    private static int NextRow(int[] rows, int size, int total) => rows.Length < size ? total : rows[^1] + 1;

    private static Matrix Embeddings(TopicModel model) => model.DocumentVectors
        ?? throw Fault.NotAvailable("The version stores no embeddings: it was imported or merged.");

    private async Task<int> TakeContentAsync(
        VersionHandle version, int[] rows, DocumentParts parts, ListTopicDocumentsResponse response, CancellationToken cancellationToken)
    {
        MapIndex index = await columns.IndexAsync(version, cancellationToken);
        return await lane.RunAsync(
            async () =>
            {
                int taken = 0;
                foreach (int[] group in rows.Chunk(ReadDocuments))
                {
                    IReadOnlyList<Document> documents = await training.ReadAtAsync(
                        version, [.. group.Select(row => index.Places[row])], cancellationToken);
                    int fit = Take(version.Content, group, documents, parts, response);
                    taken += fit;
                    if (fit < group.Length)
                    {
                        break;
                    }
                }

                return taken;
            },
            cancellationToken);
    }

    /// <summary>Adds documents to a page while it stays below the bound on its bytes.</summary>
    /// <returns>Number of documents added.</returns>
    private static int Take(
        TopicModel model, int[] rows, IReadOnlyList<Document>? documents, DocumentParts parts, ListTopicDocumentsResponse response)
    {
        int bytes = response.CalculateSize();
        int taken = 0;
        foreach (ListTopicDocumentsResponse.Types.Member member in TopicMapping.Members(model, rows))
        {
            Complete(member, documents?[taken], rows[taken], parts);
            bytes += member.CalculateSize();
            if (bytes > BoundedPage.MaxBytes && response.Members.Count > 0)
            {
                break;
            }

            response.Members.Add(member);
            taken++;
        }

        return taken;
    }

    private static void Complete(ListTopicDocumentsResponse.Types.Member member, Document? document, int row, DocumentParts parts)
    {
        if (document is not null)
        {
            member.Text = document.Text;
            member.EventTime = document.Time is { } time ? Timestamp.FromDateTimeOffset(time) : null;
            foreach ((string name, string value) in document.Attributes ?? new Dictionary<string, string>())
            {
                member.Attributes.Add(name, value);
            }
        }

        if (parts.Points is { } points)
        {
            member.Position = new ListTopicDocumentsResponse.Types.Position { X = points.Row(row)[0], Y = points.Row(row)[1] };
        }

        if (parts.Embeddings is { } embeddings)
        {
            foreach (float number in embeddings.Row(row))
            {
                member.Embedding.Add(number);
            }
        }
    }

    /// <summary>Values of all documents that a listing returns; null for a part that it does not.</summary>
    private sealed record DocumentParts(Matrix? Points, Matrix? Embeddings);
}
