using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Predicting;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Answers the copies one by one, from the embeddings of the calls, and compares the topics.</summary>
internal sealed class ShadowWorker(
    ShadowQueue queue,
    Predictor predictor,
    ShadowMetrics metrics,
    ILogger<ShadowWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (ShadowCopy copy in queue.Copies.ReadAllAsync(stoppingToken))
            {
                Answer(copy);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: no caller waits for the remaining copies, but they hold references to versions.
            while (queue.Copies.TryRead(out ShadowCopy? left))
            {
                left.Release();
            }
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failed copy must not stop the worker.")]
    private void Answer(ShadowCopy copy)
    {
        var outcome = ShadowOutcome.Failed;
        TopicPair? pair = null;
        try
        {
            if (copy.Shadow.Content.Embedder.Sha256 != copy.Answering.Content.Embedder.Sha256)
            {
                throw Fault.ShadowOfOtherEncoder(copy.Shadow.Name, copy.Shadow.Content.Embedder.Name);
            }

            PredictionMethod method = PredictionMapping.Method(copy.Mode, copy.Shadow.Content, "mode");
            TopicQuestion question = copy.Asked with { ByCentroid = method == PredictionMethod.Centroid, AllTopics = false };
            int topicId = predictor.Place(copy.Shadow, copy.Embedding, question).Prediction.TopicId;
            pair = new TopicPair(
                copy.Answering.Number,
                AnsweredTopic.Of(copy.Answering.Content, copy.TopicId),
                AnsweredTopic.Of(copy.Shadow.Content, topicId));
            outcome = pair.Agree ? ShadowOutcome.Agreed : ShadowOutcome.Disagreed;
        }
        catch (Exception exception)
        {
            LogLevel level = exception is ServiceException ? LogLevel.Debug : LogLevel.Error;
            Log.CopyFailed(logger, level, exception, copy.Shadow.Name);
        }
        finally
        {
            copy.Release();
        }

        // Counted last: a report that shows the comparison implies that its references are released.
        metrics.Ended(copy.Shadow.ModelId, outcome);
        copy.Tally.Count(outcome, outcome == ShadowOutcome.Disagreed ? pair : null);
    }
}
