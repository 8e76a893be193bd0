using Grpc.Core;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Erasing;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>CorpusService</c>.</summary>
internal sealed class CorpusRpc(CorpusRequests corpora, CorpusRemoval removal, ErasureRequests erasures, IngestStream ingest)
    : CorpusService.CorpusServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateCorpusResponse> CreateCorpus(CreateCorpusRequest request, ServerCallContext context) =>
        corpora.CreateAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetCorpusResponse> GetCorpus(GetCorpusRequest request, ServerCallContext context) =>
        corpora.GetAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListCorporaResponse> ListCorpora(ListCorporaRequest request, ServerCallContext context) =>
        corpora.ListAsync(request, Caller.Of(context.GetHttpContext()).Grant, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<UpdateCorpusResponse> UpdateCorpus(UpdateCorpusRequest request, ServerCallContext context) =>
        corpora.UpdateAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DeleteDocumentsResponse> DeleteDocuments(DeleteDocumentsRequest request, ServerCallContext context) =>
        erasures.DeleteAsync(request, Caller.Of(context.GetHttpContext()).Grant, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetErasureResponse> GetErasure(GetErasureRequest request, ServerCallContext context) =>
        erasures.GetAsync(request, Caller.Of(context.GetHttpContext()).Grant, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DeleteCorpusResponse> DeleteCorpus(DeleteCorpusRequest request, ServerCallContext context) =>
        removal.DeleteAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task IngestDocuments(
        IAsyncStreamReader<IngestDocumentsRequest> requestStream,
        IServerStreamWriter<IngestDocumentsResponse> responseStream,
        ServerCallContext context) =>
        ingest.RunAsync(requestStream, responseStream, CallBody.Of(context.GetHttpContext()), context.CancellationToken);
}
