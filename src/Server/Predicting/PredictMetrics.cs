using System.Diagnostics;
using System.Diagnostics.Metrics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Predicting;

/// <summary>Instruments of predictions. No tag holds text, or a value that a client may choose without limit.</summary>
internal sealed class PredictMetrics
{
    private readonly Histogram<double> _predict;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _tokenize;
    private readonly Histogram<double> _inference;
    private readonly Histogram<double> _assignment;
    private readonly Counter<long> _texts;
    private readonly Counter<long> _novel;
    private readonly Counter<long> _bases;

    public PredictMetrics(Meter meter, EmbeddingExecutors executors)
    {
        _predict = meter.CreateDurations("topicgrpc.predict.duration", "Time of an answered Predict.");
        _queue = meter.CreateDurations("topicgrpc.queue.duration", "Time that a text waited for an executor.");
        _tokenize = meter.CreateDurations("topicgrpc.tokenize.duration", "Time to tokenize a text.");
        _inference = meter.CreateDurations("topicgrpc.inference.duration", "Time of the encoder's run.");
        _assignment = meter.CreateDurations("topicgrpc.assignment.duration", "Time to place an embedding in layout and clusters.");
        _texts = meter.CreateCounter<long>("topicgrpc.predict.texts", "{text}", "Texts answered, by version: the effective traffic split.");
        _novel = meter.CreateCounter<long>(
            "topicgrpc.predict.novel", "{text}", "Texts answered as novel, by version. Their share of all texts measures drift.");
        _bases = meter.CreateCounter<long>(
            "topicgrpc.predict.bases",
            "{text}",
            "Texts answered, by model and by the source of the topic: outlier, cluster, centroid, document or outlier_policy.");
        meter.CreateObservableCounter(
            "topicgrpc.wasted_tokens",
            () => executors.WastedTokens,
            "{token}",
            "Tokens embedded for callers that had gone when the encoder was done.");
        meter.CreateObservableGauge(
            "topicgrpc.queue.tokens",
            () => (Measurement<long>[])
            [
                new(executors.UnitsWaiting(EmbeddingLaneKind.Interactive), new KeyValuePair<string, object?>("priority", "interactive")),
                new(executors.UnitsWaiting(EmbeddingLaneKind.Bulk), new KeyValuePair<string, object?>("priority", "bulk")),
            ],
            "{token}",
            "Estimated tokens of the texts that wait.");
    }

    /// <summary>Records that a version answered a text, in any kind of call.</summary>
    public void Answered(VersionHandle version, TopicAnswer answer)
    {
        KeyValuePair<string, object?> model = new("model", version.ModelId);
        KeyValuePair<string, object?> number = new("version", version.Number);
        _texts.Add(1, model, number);
        _bases.Add(1, model, new KeyValuePair<string, object?>("basis", NameOf(answer.Basis)));
        if (answer.IsNovel)
        {
            _novel.Add(1, model, number);
        }
    }

    /// <summary>Records that a Predict call was answered.</summary>
    public void Predicted(VersionHandle version, TimeSpan total) =>
        _predict.Record(total.TotalSeconds, new TagList { { "model", version.ModelId }, { "version", version.Number } });

    /// <summary>Records that a text was embedded, or an embedding given, and assigned to a topic, in any kind of call.</summary>
    public void Placed(PredictionAnswer answer)
    {
        _assignment.Record(answer.Assignment.TotalSeconds);
        if (answer.Embedding.Cost.Tokens > 0)
        {
            _queue.Record(answer.Embedding.Queue.TotalSeconds);
            _tokenize.Record(answer.Embedding.Cost.Tokenization.TotalSeconds);
            _inference.Record(answer.Embedding.Cost.Inference.TotalSeconds);
        }
    }

    private static string NameOf(AnswerBasis basis) => basis switch
    {
        AnswerBasis.Cluster => "cluster",
        AnswerBasis.Centroid => "centroid",
        AnswerBasis.Document => "document",
        AnswerBasis.OutlierPolicy => "outlier_policy",
        _ => "outlier",
    };
}
