using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>CorpusService</c>.</summary>
internal sealed class CorpusRpc(CorpusStore corpora, FitStore fits, IngestStream ingest) : CorpusService.CorpusServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateCorpusResponse> CreateCorpus(CreateCorpusRequest request, ServerCallContext context)
    {
        string id = RequestNames.CheckId(request.CorpusId, "corpus_id");
        string displayName = request.Corpus?.DisplayName ?? string.Empty;
        CorpusRow row = corpora.Create(id, displayName, request.RequestId);
        return Task.FromResult(new CreateCorpusResponse { Corpus = CorpusMapping.ToProto(row, corpora.Opened(row)) });
    }

    /// <inheritdoc/>
    public override Task<GetCorpusResponse> GetCorpus(GetCorpusRequest request, ServerCallContext context)
    {
        (CorpusRow row, Corpora.Corpus corpus) = corpora.Get(RequestNames.ParseCorpus(request.Name, "name"));
        return Task.FromResult(new GetCorpusResponse { Corpus = CorpusMapping.ToProto(row, corpus) });
    }

    /// <inheritdoc/>
    public override Task<ListCorporaResponse> ListCorpora(ListCorporaRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        IReadOnlyList<CorpusRow> rows = corpora.List(Paging.Key(request.PageToken), size + 1);
        ListCorporaResponse response = new() { NextPageToken = rows.Count > size ? Paging.Token(rows[size - 1].Id) : string.Empty };
        response.Corpora.AddRange(rows.Take(size).Select(row => CorpusMapping.ToProto(row, corpora.Opened(row))));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<DeleteCorpusResponse> DeleteCorpus(DeleteCorpusRequest request, ServerCallContext context)
    {
        string id = RequestNames.ParseCorpus(request.Name, "name");
        if (fits.FindUnfinished(id) is { } fit)
        {
            throw Fault.CorpusInUse(request.Name, ResourceNames.Fit(fit.Id));
        }

        return corpora.Delete(id) || request.AllowMissing
            ? Task.FromResult(new DeleteCorpusResponse())
            : throw Fault.CorpusNotFound(request.Name);
    }

    /// <inheritdoc/>
    public override Task IngestDocuments(IAsyncStreamReader<IngestDocumentsRequest> requestStream, IServerStreamWriter<IngestDocumentsResponse> responseStream, ServerCallContext context) =>
        ingest.RunAsync(requestStream, responseStream, context.CancellationToken);
}
