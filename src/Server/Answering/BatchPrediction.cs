using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>
/// Answers several texts by one version. An invalid text gets an error instead of a prediction; the other texts are answered.
/// </summary>
internal sealed class BatchPrediction(
    ModelRegistry models,
    Predictor predictor,
    EmbeddingExecutors executors,
    AnswerRecorder recorder,
    TimeProvider clock)
{
    public async Task<BatchPredictResponse> PredictAsync(BatchPredictRequest request, CallDeadline deadline)
    {
        long started = clock.GetTimestamp();
        VersionSelector selector = ModelMapping.FromProto(request.Selector) with
        {
            Key = RoutingKey.Of(request.RoutingKey, request.Texts, []),
        };
        using VersionLease lease = await models.AcquireAsync(selector, deadline.Token);
        VersionHandle version = lease.Handle;
        PredictionMethod method = PredictionMapping.Method(request.Options, version.Content, "options.mode");
        var answers = new PredictionAnswer?[request.Texts.Count];
        var results = new BatchPredictResult[request.Texts.Count];

        // Two texts per thread: one runs and one waits, so that no thread idles and the queue stays free for other batches.
        ParallelOptions window = new() { MaxDegreeOfParallelism = executors.Count * 2, CancellationToken = deadline.Token };
        await Parallel.ForAsync(0, results.Length, window, async (index, token) =>
        {
            string text = request.Texts[index];
            if (TextRules.Violation(text, $"texts[{index}]") is { } violation)
            {
                results[index] = new BatchPredictResult { Error = StatusMapping.ToProto(violation) };
                return;
            }

            Question question = new(text, method, EmbeddingPriority.Bulk)
            {
                Field = $"texts[{index}]",
                AllTopics = request.Options?.IncludeProbabilities == true,
                AsNewText = request.Options?.AsNewText == true,
                Deadline = deadline,
            };
            try
            {
                PredictionAnswer answer = await predictor.PredictAsync(version, question, token);
                answers[index] = answer;
                recorder.Record(lease, RoutingKey.Of(request.RoutingKey, [text], []), request.Options, answer);
                results[index] = new BatchPredictResult
                {
                    Prediction = PredictionMapping.ToProto(answer, version.Content, request.Options),
                };
            }
            catch (ServiceException unknown) when (unknown.Reason is ErrorReasons.InputEmpty or ErrorReasons.InvalidField)
            {
                results[index] = new BatchPredictResult { Error = StatusMapping.ToProto(unknown) };
            }
        });

        BatchPredictResponse response = new()
        {
            ModelVersion = version.Name,
            Timing = PredictionMapping.ToProto([.. answers.OfType<PredictionAnswer>()], clock.GetElapsedTime(started)),
        };
        response.Results.AddRange(results);
        return response;
    }
}
