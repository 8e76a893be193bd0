using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Creates corpora and collects the ingested documents.</summary>
internal sealed class FakeCorpusService(FakeCorpora corpora) : Wire.CorpusService.CorpusServiceBase
{
    private readonly IngestSessions _sessions = new(corpora);

    public override Task<Wire.CreateCorpusResponse> CreateCorpus(Wire.CreateCorpusRequest request, ServerCallContext context) =>
        corpora.TryCreate(
            request.CorpusId,
            request.Corpus?.DisplayName ?? "",
            request.Corpus?.Retention?.ToTimeSpan() ?? TimeSpan.Zero,
            CorpusMapping.Map(request.Corpus?.GivenEmbeddings))
            ? Task.FromResult(new Wire.CreateCorpusResponse { Corpus = Map(corpora.Get(request.CorpusId)) })
            : throw StatusToWire.Exception(
                TopicGrpcStatus.AlreadyExists, ErrorReasons.CorpusExists, $"The fake already has a corpus '{request.CorpusId}'.");

    public override Task<Wire.GetCorpusResponse> GetCorpus(Wire.GetCorpusRequest request, ServerCallContext context)
    {
        CorpusInfo corpus = corpora.Get(WireNames.Id(request.Name));
        Wire.Corpus wire = Map(corpus);
        wire.QuarantinedTexts.AddRange(corpus.QuarantinedTexts.Select(static text => new Wire.QuarantinedText
        {
            DocumentId = text.DocumentId,
            EncoderSha256 = text.EncoderSha256,
            DeathCount = text.Deaths,
            QuarantineTime = text.Quarantined is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        }));
        return Task.FromResult(new Wire.GetCorpusResponse { Corpus = wire });
    }

    public override Task<Wire.ListCorporaResponse> ListCorpora(Wire.ListCorporaRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.ListCorporaResponse { Corpora = { corpora.All().Select(Map) } });

    public override Task<Wire.DeleteCorpusResponse> DeleteCorpus(Wire.DeleteCorpusRequest request, ServerCallContext context)
    {
        string corpus = WireNames.Id(request.Name);
        return corpora.Remove(corpus) || request.AllowMissing
            ? Task.FromResult(new Wire.DeleteCorpusResponse())
            : throw StatusToWire.Exception(TopicGrpcStatus.NotFound, ErrorReasons.CorpusNotFound, $"The fake has no corpus '{corpus}'.");
    }

    public override Task<Wire.UpdateCorpusResponse> UpdateCorpus(Wire.UpdateCorpusRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.UpdateCorpusResponse
        {
            Corpus = Map(corpora.Update(
                WireNames.Id(request.Name),
                request.HasDisplayName ? request.DisplayName : null,
                request.Retention?.ToTimeSpan())),
        });

    public override Task<Wire.DeleteDocumentsResponse> DeleteDocuments(Wire.DeleteDocumentsRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.DeleteDocumentsResponse
        {
            Erasure = ErasureToWire.Map(corpora.Erase(
                WireNames.Id(request.Corpus), request.RequestId, ErasureToWire.Selection(request))),
        });

    public override Task<Wire.GetErasureResponse> GetErasure(Wire.GetErasureRequest request, ServerCallContext context)
    {
        string[] parts = request.Name.Split('/');
        return parts.Length == 4 && corpora.FindErasure(parts[1], parts[3]) is { } receipt
            ? Task.FromResult(new Wire.GetErasureResponse { Erasure = ErasureToWire.Map(receipt) })
            : throw StatusToWire.Exception(
                TopicGrpcStatus.NotFound, ErrorReasons.ErasureNotFound, $"The fake has no erasure '{request.Name}'.");
    }

    public override async Task IngestDocuments(
        IAsyncStreamReader<Wire.IngestDocumentsRequest> requestStream,
        IServerStreamWriter<Wire.IngestDocumentsResponse> responseStream,
        ServerCallContext context)
    {
        IngestSession? session = null;
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            Wire.IngestDocumentsRequest request = requestStream.Current;
            Wire.IngestDocumentsResponse response = request.PayloadCase switch
            {
                Wire.IngestDocumentsRequest.PayloadOneofCase.Open => (session = _sessions.Open(request.Open)).Opened(),
                Wire.IngestDocumentsRequest.PayloadOneofCase.Chunk when session is not null => session.Take(request.Chunk),
                Wire.IngestDocumentsRequest.PayloadOneofCase.Close when session is not null => session.Closed(
                    Map(corpora.Get(session.Corpus))),
                _ => throw StatusToWire.Exception(
                    TopicGrpcStatus.InvalidArgument, "", "The first message of an upload must open a session."),
            };
            await responseStream.WriteAsync(response, context.CancellationToken).ConfigureAwait(false);
        }
    }

    private static Wire.Corpus Map(CorpusInfo corpus) => new()
    {
        Name = WireNames.Corpus(corpus.Name),
        DisplayName = corpus.DisplayName,
        State = Wire.Corpus.Types.State.Ready,
        DocumentCount = corpus.DocumentCount,
        TextBytes = corpus.TextBytes,
        CreateTime = corpus.Created is { } created ? Timestamp.FromDateTimeOffset(created) : null,
        Retention = corpus.Retention == TimeSpan.Zero ? null : Duration.FromTimeSpan(corpus.Retention),
        GivenEmbeddings = CorpusMapping.Map(corpus.GivenEmbeddings),
    };
}
