using Grpc.Core;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>CorpusService</c>.</summary>
internal sealed class CorpusRpc(CorpusRequests corpora, CorpusRemoval removal, IngestStream ingest) : CorpusService.CorpusServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateCorpusResponse> CreateCorpus(CreateCorpusRequest request, ServerCallContext context) =>
        Task.FromResult(corpora.Create(request));

    /// <inheritdoc/>
    public override Task<GetCorpusResponse> GetCorpus(GetCorpusRequest request, ServerCallContext context) =>
        Task.FromResult(corpora.Get(request));

    /// <inheritdoc/>
    public override Task<ListCorporaResponse> ListCorpora(ListCorporaRequest request, ServerCallContext context) =>
        Task.FromResult(corpora.List(request));

    /// <inheritdoc/>
    public override Task<DeleteCorpusResponse> DeleteCorpus(DeleteCorpusRequest request, ServerCallContext context) =>
        Task.FromResult(removal.Delete(request));

    /// <inheritdoc/>
    public override Task IngestDocuments(
        IAsyncStreamReader<IngestDocumentsRequest> requestStream,
        IServerStreamWriter<IngestDocumentsResponse> responseStream,
        ServerCallContext context) =>
        ingest.RunAsync(requestStream, responseStream, context.CancellationToken);
}
