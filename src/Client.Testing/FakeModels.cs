using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing;

/// <summary>The models of a fake. Thread-safe.</summary>
public sealed class FakeModels
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly SortedDictionary<string, Line> _models = new(StringComparer.Ordinal);

    internal FakeModels(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Adds a version to a model, which is made when there is none. A call that names neither a version nor a label gets <c>stable</c>, else the newest.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="topics">Its topics.</param>
    /// <returns>Number of the version, from 1.</returns>
    public long Add(string model, params IEnumerable<TopicInfo> topics)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(topics);
        TopicInfo[] all = [.. topics.OrderBy(static topic => topic.Id)];
        return Add(model, all, fit: "").Version;
    }

    /// <summary>Points a label at a version.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="label">Label, such as <c>stable</c>.</param>
    /// <param name="version">Version.</param>
    /// <exception cref="ModelNotFoundException">There is no such model or version.</exception>
    public void SetLabel(string model, string label, long version)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        lock (_gate)
        {
            Resolve(new ModelSelector(model) { Version = version });
            _models[model].Labels[label] = version;
        }
    }

    internal FakeVersion Add(string model, IReadOnlyList<TopicInfo> topics, string fit)
    {
        lock (_gate)
        {
            if (!_models.TryGetValue(model, out Line? line))
            {
                line = new Line(_time.GetUtcNow());
                _models.Add(model, line);
            }

            FakeVersion version = new(model, line.Versions.Count + 1, topics, fit, _time.GetUtcNow());
            line.Versions.Add(version);
            return version;
        }
    }

    internal FakeVersion Resolve(ModelSelector selector)
    {
        lock (_gate)
        {
            Line line = Find(selector.Model);
            long number = selector switch
            {
                { Version: { } version } => version,
                { Label: { } label } => line.Labels.TryGetValue(label, out long labelled)
                    ? labelled
                    : throw Missing(ErrorReasons.LabelNotFound, $"The model '{selector.Model}' of the fake has no label '{label}'."),
                _ => line.Labels.TryGetValue("stable", out long stable) ? stable : line.Versions.Count,
            };
            return number >= 1 && number <= line.Versions.Count
                ? line.Versions[(int)number - 1]
                : throw Missing(ErrorReasons.VersionNotFound, $"The model '{selector.Model}' of the fake has no version {number}.");
        }
    }

    internal ModelInfo Get(string model)
    {
        lock (_gate)
        {
            Line line = Find(model);
            return new ModelInfo
            {
                Name = model,
                Labels = new Dictionary<string, long>(line.Labels, StringComparer.Ordinal),
                LatestVersion = line.Versions.Count,
                Created = line.Created,
            };
        }
    }

    internal IReadOnlyList<ModelInfo> All()
    {
        lock (_gate)
        {
            return [.. _models.Keys.Select(Get)];
        }
    }

    internal IReadOnlyList<FakeVersion> Versions(string model)
    {
        lock (_gate)
        {
            return [.. Find(model).Versions];
        }
    }

    private Line Find(string model) => _models.TryGetValue(model, out Line? line)
        ? line
        : throw Missing(ErrorReasons.ModelNotFound, $"The fake has no model '{model}'; add it with Models.Add.");

    private static ModelNotFoundException Missing(string reason, string message) =>
        new(message, new ErrorDetails { Status = TopicGrpcStatus.NotFound, Reason = reason });

    private sealed record Line(DateTimeOffset Created)
    {
        public List<FakeVersion> Versions { get; } = [];

        public SortedDictionary<string, long> Labels { get; } = new(StringComparer.Ordinal);
    }
}
