using System.Diagnostics;
using System.Diagnostics.Metrics;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Shadowing;

namespace TopicGrpc.Server.Diagnostics;

/// <summary>Instruments of the meter <c>TopicGrpc.Server</c>. No label holds text, or a value that a client may choose without limit.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "TopicGrpc.Server";

    /// <summary>Times of calls, in seconds: half a millisecond to half a minute.</summary>
    public static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    };

    private static readonly string[] OutcomeNames = [.. Enum.GetNames<ShadowOutcome>().Select(static name => name.ToLowerInvariant())];

    private readonly Histogram<double> _predict;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _tokenize;
    private readonly Histogram<double> _inference;
    private readonly Histogram<double> _assignment;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _texts;
    private readonly Counter<long> _shadowed;

    public ServerMetrics(Meter meter, EmbeddingExecutors executors, ModelRegistry models)
    {
        _predict = Duration(meter, "topicgrpc.predict.duration", "Time of an answered Predict.");
        _queue = Duration(meter, "topicgrpc.queue.duration", "Time that a text waited for an executor.");
        _tokenize = Duration(meter, "topicgrpc.tokenize.duration", "Time to cut a text into tokens.");
        _inference = Duration(meter, "topicgrpc.inference.duration", "Time of the encoder's run.");
        _assignment = Duration(meter, "topicgrpc.assignment.duration", "Time to place a vector in layout and clusters.");
        _rejected = meter.CreateCounter<long>("topicgrpc.rejected", "{call}", "Calls refused, by reason.");
        _texts = meter.CreateCounter<long>("topicgrpc.predict.texts", "{text}", "Texts answered, by version: how a traffic split works out.");
        _shadowed = meter.CreateCounter<long>("topicgrpc.shadow.copies", "{copy}", "Copies for shadow versions, by outcome.");
        meter.CreateObservableCounter("topicgrpc.wasted_tokens", () => executors.WastedTokens, "{token}", "Tokens embedded for callers that had gone when the encoder was done.");
        meter.CreateObservableGauge(
            "topicgrpc.queue.tokens",
            () => (Measurement<long>[])
            [
                new(executors.UnitsWaiting(interactive: true), new KeyValuePair<string, object?>("priority", "interactive")),
                new(executors.UnitsWaiting(interactive: false), new KeyValuePair<string, object?>("priority", "bulk")),
            ],
            "{token}",
            "Estimated tokens of the texts that wait.");
        meter.CreateObservableGauge("topicgrpc.version.leases", () => Leases(models), "{call}", "Calls that hold a loaded version.");
        meter.CreateObservableGauge("topicgrpc.version.state", () => States(models), "{version}", "Versions by model and state.");
    }

    /// <summary>A text was answered, in whatever kind of call.</summary>
    public void Answered(VersionHandle version) => _texts.Add(1, new KeyValuePair<string, object?>("model", version.Model), new KeyValuePair<string, object?>("version", version.Number));

    /// <summary>A copy came to its end.</summary>
    public void Shadowed(string model, ShadowOutcome outcome) => _shadowed.Add(
        1, new KeyValuePair<string, object?>("model", model), new KeyValuePair<string, object?>("outcome", OutcomeNames[(int)outcome]));

    /// <summary>A Predict was answered.</summary>
    public void Predicted(VersionHandle version, TimeSpan total)
    {
        _predict.Record(total.TotalSeconds, new TagList { { "model", version.Model }, { "version", version.Number } });
    }

    /// <summary>A text was embedded, or came as a vector, and found its topic: in whatever kind of call.</summary>
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

    /// <summary>A call was refused.</summary>
    public void Rejected(string reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));

    private static Histogram<double> Duration(Meter meter, string name, string description) => meter.CreateHistogram(name, "s", description, tags: null, Buckets);

    private static IEnumerable<Measurement<long>> Leases(ModelRegistry models) => models.Current.Models.Values
        .SelectMany(static model => model.Known.Where(static entry => (entry.Handle ?? entry.Retired) is not null), static (model, entry) => (model.Id, Entry: entry))
        .Select(static pair => new Measurement<long>(pair.Entry.ActiveLeases, new TagList { { "model", pair.Id }, { "version", pair.Entry.Record.VersionNumber } }));

    private static IEnumerable<Measurement<long>> States(ModelRegistry models) => models.Current.Models.Values
        .SelectMany(static model => model.Known.CountBy(static entry => entry.State), static (model, count) => (model.Id, count.Key, count.Value))
        .Select(static count => new Measurement<long>(count.Value, new TagList { { "model", count.Id }, { "state", count.Key.ToString() } }));
}
