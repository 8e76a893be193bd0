using TopicGrpc.Server.Contract;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>Validates and runs requests that create, read or list corpora.</summary>
internal sealed class CorpusRequests(CorpusStore corpora)
{
    public CreateCorpusResponse Create(CreateCorpusRequest request)
    {
        string id = RequestNames.CheckId(request.CorpusId, "corpus_id");
        string displayName = request.Corpus?.DisplayName ?? string.Empty;
        CorpusRow row = corpora.Create(id, displayName, request.RequestId);
        return new CreateCorpusResponse { Corpus = CorpusMapping.ToProto(row, corpora.Opened(row)) };
    }

    public GetCorpusResponse Get(GetCorpusRequest request)
    {
        (CorpusRow row, Corpus corpus) = corpora.Get(RequestNames.ParseCorpus(request.Name, "name"));
        return new GetCorpusResponse { Corpus = CorpusMapping.ToProto(row, corpus) };
    }

    public ListCorporaResponse List(ListCorporaRequest request)
    {
        int size = Paging.Size(request.PageSize);
        IReadOnlyList<CorpusRow> rows = corpora.List(Paging.Key(request.PageToken), size + 1);
        ListCorporaResponse response = new() { NextPageToken = rows.Count > size ? Paging.Token(rows[size - 1].Id) : string.Empty };
        response.Corpora.AddRange(rows.Take(size).Select(row => CorpusMapping.ToProto(row, corpora.Opened(row))));
        return response;
    }
}
