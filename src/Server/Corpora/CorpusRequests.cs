using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>Validates and runs requests that create, read or list corpora.</summary>
internal sealed class CorpusRequests(CorpusStore corpora, DiskSpace space)
{
    public async Task<CreateCorpusResponse> CreateAsync(CreateCorpusRequest request, CancellationToken cancellationToken)
    {
        string id = RequestNames.CheckId(request.CorpusId, "corpus_id");
        string displayName = request.Corpus?.DisplayName ?? string.Empty;
        space.Require(0);
        CorpusRow row = await corpora.CreateAsync(id, displayName, request.RequestId, cancellationToken);
        return new CreateCorpusResponse { Corpus = CorpusMapping.ToProto(row, await corpora.Of(row).OpenAsync(cancellationToken)) };
    }

    public async Task<GetCorpusResponse> GetAsync(GetCorpusRequest request, CancellationToken cancellationToken)
    {
        (CorpusRow row, Corpus corpus) = corpora.Get(RequestNames.ParseCorpus(request.Name, "name"));
        V1.Corpus message = CorpusMapping.ToProto(row, await corpus.OpenAsync(cancellationToken));
        message.QuarantinedTexts.AddRange(CorpusMapping.ToProto(await corpus.ReadCrashesAsync(cancellationToken)));
        return new GetCorpusResponse { Corpus = message };
    }

    /// <summary>Lists the corpora that the caller sees.</summary>
    public async Task<ListCorporaResponse> ListAsync(ListCorporaRequest request, Grant grant, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize);
        List<CorpusRow> rows = VisibleRows.Read(
            Paging.Key(request.PageToken),
            size + 1,
            corpora.List,
            static row => row.Id,
            row => grant.Corpora.Matches(row.Id));
        ListCorporaResponse response = new() { NextPageToken = rows.Count > size ? Paging.Token(rows[size - 1].Id) : string.Empty };
        foreach (CorpusRow row in rows.Take(size))
        {
            response.Corpora.Add(CorpusMapping.ToProto(row, await corpora.Of(row).DescribeAsync(cancellationToken)));
        }

        return response;
    }
}
