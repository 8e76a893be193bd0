using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Mapping;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>PredictionService</c>.</summary>
internal sealed class PredictionRpc(ModelRegistry models, Predictor predictor, EmbeddingExecutors executors, PredictStream stream, TimeProvider clock) : PredictionService.PredictionServiceBase
{
    /// <inheritdoc/>
    public override async Task<PredictResponse> Predict(PredictRequest request, ServerCallContext context)
    {
        long started = clock.GetTimestamp();
        VersionChoice choice = ModelMapping.FromProto(request.Selector);
        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        bool allTopics = request.Options?.IncludeProbabilities == true;
        PredictionAnswer answer = await predictor.PredictAsync(lease.Handle, request.Text, request.Embedding, allTopics, EmbeddingPriority.Interactive, context.CancellationToken);
        return new PredictResponse
        {
            Prediction = PredictionMapping.ToProto(answer, lease.Handle.Content, request.Options),
            ModelVersion = ResourceNames.Version(lease.Handle.Model, lease.Handle.Number),
            Timing = PredictionMapping.ToProto(answer, clock.GetElapsedTime(started)),
        };
    }

    /// <inheritdoc/>
    public override async Task<BatchPredictResponse> BatchPredict(BatchPredictRequest request, ServerCallContext context)
    {
        long started = clock.GetTimestamp();
        VersionChoice choice = ModelMapping.FromProto(request.Selector);
        if (request.Texts.Count == 0)
        {
            throw Fault.InvalidField("texts", "must hold a text");
        }

        if (request.Texts.Count > TextRules.MaxBatchTexts)
        {
            throw Fault.InputTooLarge("texts", "texts", TextRules.MaxBatchTexts, request.Texts.Count);
        }

        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        VersionHandle version = lease.Handle;
        var answers = new PredictionAnswer?[request.Texts.Count];
        var results = new BatchPredictResult[request.Texts.Count];
        ParallelOptions window = new() { MaxDegreeOfParallelism = executors.Count * 2, CancellationToken = context.CancellationToken };
        await Parallel.ForAsync(0, results.Length, window, async (index, token) =>
        {
            if (TextRules.Violation(request.Texts[index], $"texts[{index}]") is { } violation)
            {
                results[index] = new BatchPredictResult { Error = StatusMapping.ToProto(violation) };
                return;
            }

            PredictionAnswer answer = await predictor.PredictAsync(version, request.Texts[index], request.Options?.IncludeProbabilities == true, EmbeddingPriority.Bulk, token);
            answers[index] = answer;
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

    /// <inheritdoc/>
    public override Task StreamPredict(IAsyncStreamReader<StreamPredictRequest> requestStream, IServerStreamWriter<StreamPredictResponse> responseStream, ServerCallContext context) =>
        stream.RunAsync(requestStream, responseStream, context.CancellationToken);
}
