using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>ServerService</c>.</summary>
internal sealed class ServerRpc(
    IEmbedder embedder,
    IOptions<ServerOptions> server,
    IOptions<IngestOptions> ingest,
    IOptions<FitOptions> fits,
    IOptions<EmbeddingOptions> embedding,
    DataFolder data,
    TimeProvider clock) : ServerService.ServerServiceBase
{
    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private readonly long _startedAt = clock.GetTimestamp();

    /// <inheritdoc/>
    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context)
    {
        GetServerInfoResponse response = new()
        {
            ServerVersion = ServerBuild.Version,
            StartTime = Timestamp.FromDateTimeOffset(_started),
            Uptime = Duration.FromTimeSpan(clock.GetElapsedTime(_startedAt)),
            Limits = new GetServerInfoResponse.Types.Limits
            {
                MaxMessageBytes = server.Value.MaxMessageBytes,
                MaxTextBytes = DocumentLimits.MaxTextBytes,
                MaxTokens = embedder.Info.MaxTokens,
                MaxBatchTexts = TextRules.MaxBatchTexts,
                MaxQueue = embedding.Value.MaxQueue,
                MaxChunkDocuments = ingest.Value.MaxChunkDocuments,
                MaxQueuedFits = fits.Value.MaxQueued,
                MaxDocumentIdBytes = DocumentLimits.MaxIdBytes,
            },
        };
        response.StorageWarnings.AddRange(WarningsFor(Caller.Of(context.GetHttpContext()).Grant));
        response.Encoders.Add(new GetServerInfoResponse.Types.Encoder
        {
            Id = embedder.Info.Name,
            Sha256 = embedder.Info.Sha256,
            Dimension = embedder.Info.Dimension,
            Precision = embedder.Info.Precision,
        });
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<GetCallerResponse> GetCaller(GetCallerRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context.GetHttpContext());
        return Task.FromResult(new GetCallerResponse
        {
            Caller = caller.Id,
            Role = caller.Grant.Role,
            ModelPatterns = { caller.Grant.Models.Patterns },
            CorpusPatterns = { caller.Grant.Corpora.Patterns },
            ExpireTime = caller.ValidUntil is { } end ? Timestamp.FromDateTimeOffset(end) : null,
        });
    }

    // A warning names a resource, and the count of the omitted ones would reveal resources of others.
    private IEnumerable<string> WarningsFor(Grant grant)
    {
        foreach (StorageWarning warning in data.Warnings.Items)
        {
            if ((warning.CorpusId is null || grant.Corpora.Matches(warning.CorpusId))
                && (warning.ModelId is null || grant.Models.Matches(warning.ModelId)))
            {
                yield return warning.Message;
            }
        }

        if (grant.IsUnrestricted && data.Warnings.OmittedCount is int omitted and > 0)
        {
            yield return FormattableString.Invariant($"{omitted} further findings; the log names them.");
        }
    }
}
