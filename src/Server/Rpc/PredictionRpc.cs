using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Answering;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Hosting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>PredictionService</c>.</summary>
internal sealed class PredictionRpc(
    TextPrediction single,
    BatchPrediction batch,
    PredictStream stream,
    PredictionExplanation explanation,
    IOptions<ServerOptions> options,
    TimeProvider clock) : PredictionService.PredictionServiceBase
{
    /// <inheritdoc/>
    public override Task<PredictResponse> Predict(PredictRequest request, ServerCallContext context) =>
        WithDeadlineAsync(context, deadline => single.PredictAsync(request, deadline));

    /// <inheritdoc/>
    public override Task<BatchPredictResponse> BatchPredict(BatchPredictRequest request, ServerCallContext context) =>
        WithDeadlineAsync(context, deadline => batch.PredictAsync(request, deadline));

    /// <inheritdoc/>
    public override Task StreamPredict(
        IAsyncStreamReader<StreamPredictRequest> requestStream,
        IServerStreamWriter<StreamPredictResponse> responseStream,
        ServerCallContext context) =>
        stream.RunAsync(requestStream, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ExplainPredictionResponse> ExplainPrediction(ExplainPredictionRequest request, ServerCallContext context) =>
        WithDeadlineAsync(context, deadline => explanation.ExplainAsync(request, deadline));

    /// <summary>Runs a call within its deadline, or within the server's default if the caller set none.</summary>
    private async Task<TResponse> WithDeadlineAsync<TResponse>(ServerCallContext context, Func<CallDeadline, Task<TResponse>> call)
    {
        using var deadline = CallDeadline.Of(context.Deadline, options.Value.DefaultDeadline, clock, context.CancellationToken);
        try
        {
            return await call(deadline);
        }
        catch (OperationCanceledException) when (deadline.HasDefaultPassed)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded,
                "The call set no deadline and exceeded the default of this server (Server:DefaultDeadline)."));
        }
    }
}
