using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Answers the copies one after another, from the vectors that the calls paid for, and compares.</summary>
internal sealed class ShadowWorker(ShadowQueue queue, Predictor predictor, ShadowMetrics metrics, ILogger<ShadowWorker> logger) : BackgroundService
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
            // Stopping: nobody waits for what is left, but it holds versions.
            while (queue.Copies.TryRead(out ShadowCopy? left))
            {
                left.Release();
            }
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a copy ends with, it must not reach the server.")]
    private void Answer(ShadowCopy copy)
    {
        var outcome = ShadowOutcome.Failed;
        TopicPair? pair = null;
        try
        {
            bool byCentroid = PredictionMapping.ByCentroid(copy.Mode, copy.Shadow.Content, "mode");
            int topicId = predictor.Place(copy.Shadow, copy.Embedding, byCentroid, allTopics: false).Prediction.TopicId;
            pair = new TopicPair(copy.Answering.Number, AnsweredTopic.Of(copy.Answering.Content, copy.TopicId), AnsweredTopic.Of(copy.Shadow.Content, topicId));
            outcome = pair.Agree ? ShadowOutcome.Agreed : ShadowOutcome.Disagreed;
        }
        catch (Exception exception)
        {
            string version = ResourceNames.Version(copy.Shadow.Model, copy.Shadow.Number);
            LogLevel level = exception is ServiceException ? LogLevel.Debug : LogLevel.Error;
            Log.CopyFailed(logger, level, exception, version);
        }
        finally
        {
            copy.Release();
        }

        // Last, so that who reads the report finds everything else done.
        metrics.Ended(copy.Shadow.Model, outcome);
        copy.Tally.Count(outcome, outcome == ShadowOutcome.Disagreed ? pair : null);
    }
}
