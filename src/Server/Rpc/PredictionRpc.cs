using Grpc.Core;
using TopicGrpc.Server.Answering;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>PredictionService</c>.</summary>
internal sealed class PredictionRpc(
    TextPrediction single,
    BatchPrediction batch,
    PredictStream stream,
    PredictionExplanation explanation) : PredictionService.PredictionServiceBase
{
    /// <inheritdoc/>
    public override Task<PredictResponse> Predict(PredictRequest request, ServerCallContext context) =>
        single.PredictAsync(request, DeadlineOf(context));

    /// <inheritdoc/>
    public override Task<BatchPredictResponse> BatchPredict(BatchPredictRequest request, ServerCallContext context) =>
        batch.PredictAsync(request, DeadlineOf(context));

    /// <inheritdoc/>
    public override Task StreamPredict(
        IAsyncStreamReader<StreamPredictRequest> requestStream,
        IServerStreamWriter<StreamPredictResponse> responseStream,
        ServerCallContext context) =>
        stream.RunAsync(requestStream, responseStream, CallBody.Of(context.GetHttpContext()), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ExplainPredictionResponse> ExplainPrediction(ExplainPredictionRequest request, ServerCallContext context) =>
        explanation.ExplainAsync(request, DeadlineOf(context));

    private static CallDeadline DeadlineOf(ServerCallContext context) => ((DeadlineContext)context).CallDeadline;
}
