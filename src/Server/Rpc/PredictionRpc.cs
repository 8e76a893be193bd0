using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Answering;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>PredictionService</c>.</summary>
internal sealed class PredictionRpc(ModelRegistry models, Predictor predictor, PredictionExplainer explainer, EmbeddingExecutors executors, PredictStream stream, AnsweredTexts answered, PredictMetrics metrics, IOptions<ServerOptions> options, TimeProvider clock) : PredictionService.PredictionServiceBase
{
    /// <inheritdoc/>
    public override Task<PredictResponse> Predict(PredictRequest request, ServerCallContext context) => WithinAsync(context, deadline => PredictAsync(request, deadline));

    /// <inheritdoc/>
    public override Task<BatchPredictResponse> BatchPredict(BatchPredictRequest request, ServerCallContext context) => WithinAsync(context, deadline => BatchPredictAsync(request, deadline));

    /// <inheritdoc/>
    public override Task StreamPredict(IAsyncStreamReader<StreamPredictRequest> requestStream, IServerStreamWriter<StreamPredictResponse> responseStream, ServerCallContext context) =>
        stream.RunAsync(requestStream, responseStream, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ExplainPredictionResponse> ExplainPrediction(ExplainPredictionRequest request, ServerCallContext context) => WithinAsync(context, deadline => ExplainAsync(request, deadline));

    private async Task<PredictResponse> PredictAsync(PredictRequest request, CallDeadline deadline)
    {
        long started = clock.GetTimestamp();
        var key = RoutingKey.Of(request.RoutingKey, [request.Text], request.Embedding);
        VersionChoice choice = ModelMapping.FromProto(request.Selector) with { Key = key };
        if (request.Embedding.Count == 0 && TextRules.Violation(request.Text, "text") is { } violation)
        {
            // Said before a version is looked for, and maybe loaded, in vain.
            throw violation;
        }

        using VersionLease lease = await models.AcquireAsync(choice, deadline.Token);
        bool byCentroid = ByCentroid(request.Options, lease.Handle);
        bool allTopics = request.Options?.IncludeProbabilities == true;
        PredictionAnswer answer = await predictor.PredictAsync(lease.Handle, request.Text, request.Embedding, byCentroid, allTopics, EmbeddingPriority.Interactive, deadline, deadline.Token);
        TimeSpan total = clock.GetElapsedTime(started);
        metrics.Predicted(lease.Handle, total);
        answered.Add(lease, key, request.Options, answer);
        return new PredictResponse
        {
            Prediction = PredictionMapping.ToProto(answer, lease.Handle.Content, request.Options),
            ModelVersion = ResourceNames.Version(lease.Handle.Model, lease.Handle.Number),
            Timing = PredictionMapping.ToProto(answer, total),
        };
    }

    private async Task<BatchPredictResponse> BatchPredictAsync(BatchPredictRequest request, CallDeadline deadline)
    {
        long started = clock.GetTimestamp();
        VersionChoice choice = ModelMapping.FromProto(request.Selector) with { Key = RoutingKey.Of(request.RoutingKey, request.Texts, []) };
        using VersionLease lease = await models.AcquireAsync(choice, deadline.Token);
        VersionHandle version = lease.Handle;
        bool byCentroid = ByCentroid(request.Options, version);
        var answers = new PredictionAnswer?[request.Texts.Count];
        var results = new BatchPredictResult[request.Texts.Count];
        ParallelOptions window = new() { MaxDegreeOfParallelism = executors.Count * 2, CancellationToken = deadline.Token };
        await Parallel.ForAsync(0, results.Length, window, async (index, token) =>
        {
            if (TextRules.Violation(request.Texts[index], $"texts[{index}]") is { } violation)
            {
                results[index] = new BatchPredictResult { Error = StatusMapping.ToProto(violation) };
                return;
            }

            PredictionAnswer answer = await predictor.PredictAsync(version, request.Texts[index], byCentroid, request.Options?.IncludeProbabilities == true, EmbeddingPriority.Bulk, deadline, token);
            answers[index] = answer;
            answered.Add(lease, RoutingKey.Of(request.RoutingKey, [request.Texts[index]], []), request.Options, answer);
            results[index] = new BatchPredictResult { Prediction = PredictionMapping.ToProto(answer, version.Content, request.Options) };
        });

        BatchPredictResponse response = new()
        {
            ModelVersion = ResourceNames.Version(version.Model, version.Number),
            Timing = PredictionMapping.ToProto([.. answers.OfType<PredictionAnswer>()], clock.GetElapsedTime(started)),
        };
        response.Results.AddRange(results);
        return response;
    }

    private async Task<TResponse> WithinAsync<TResponse>(ServerCallContext context, Func<CallDeadline, Task<TResponse>> answer)
    {
        using var deadline = CallDeadline.Of(context.Deadline, options.Value.DefaultDeadline, clock, context.CancellationToken);
        try
        {
            return await answer(deadline);
        }
        catch (OperationCanceledException) when (deadline.HasDefaultPassed)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The call set no deadline and took longer than the server's default."));
        }
    }

    private async Task<ExplainPredictionResponse> ExplainAsync(ExplainPredictionRequest request, CallDeadline deadline)
    {
        long started = clock.GetTimestamp();
        VersionChoice choice = ModelMapping.FromProto(request.Selector) with { Key = RoutingKey.Of(request.RoutingKey, [request.Text], []) };
        using VersionLease lease = await models.AcquireAsync(choice, deadline.Token);
        return await explainer.ExplainAsync(lease.Handle, request, started, deadline);
    }

    private static bool ByCentroid(PredictOptions? options, VersionHandle version) =>
        PredictionMapping.ByCentroid(options?.Mode ?? PredictMode.Unspecified, version.Content, "options.mode");
}
