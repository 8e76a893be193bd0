using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.State;

/// <summary>A model of the fake: its versions, labels and traffic policy. <see cref="FakeModels"/> holds the lock.</summary>
internal sealed partial class ModelLine(string model, DateTimeOffset created)
{
    private const string DefaultLabel = "stable";
    private readonly SortedDictionary<long, FakeVersion> _versions = [];
    private readonly SortedDictionary<string, long> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _previous = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>Versions, newest first.</summary>
    public IEnumerable<FakeVersion> Versions => _versions.Values.Reverse();

    /// <summary>Task that completes at the next change.</summary>
    public Task Changed => _changed.Task;

    public ModelInfo Info => new()
    {
        Name = model,
        Labels = new Dictionary<string, long>(_labels, StringComparer.Ordinal),
        Traffic = _policy,
        Etag = Etag,
        LatestVersion = _versions.Keys.LastOrDefault(),
        Created = created,
    };

    private long Default => _labels.TryGetValue(DefaultLabel, out long stable) ? stable : _versions.Keys.LastOrDefault();

    private string Etag => _policy is null
        ? ModelEtag.Of(_labels)
        : ModelEtag.Of(
            _labels,
            _policy.Targets.Select(static target => (target.Version, target.Weight)),
            _policy.ShadowVersion ?? 0,
            _policy.ShadowVersion is null ? 0 : _policy.ShadowSample);

    public FakeVersion Add(FakeVersion version, DateTimeOffset now)
    {
        FakeVersion added = version with { Version = ++_last, Created = now };
        _versions.Add(added.Version, added);
        Change();
        return added;
    }

    public void Replace(FakeVersion version) => _versions[version.Version] = version;

    public FakeVersion Version(long number) => _versions.GetValueOrDefault(number)
        ?? throw FakeModels.Missing(ErrorReasons.VersionNotFound, $"The model '{model}' of the fake has no version {number}.");

    public FakeVersion Resolve(ModelSelector selector) => Version(selector switch
    {
        { Version: { } version } => version,
        { Label: { } label } => Labeled(label),
        _ => Default,
    });

    /// <summary>Removes a version that neither a label, nor the policy, nor the default selects.</summary>
    public void Delete(long number)
    {
        Version(number);
        if (number == Default || _labels.ContainsValue(number) || (_policy is not null && Named(_policy).Contains(number)))
        {
            throw Rejected(
                ErrorReasons.InUse,
                $"Version {number} of the fake's model '{model}' is in use by a label, the traffic policy or calls that name no version.");
        }

        _versions.Remove(number);
        foreach (string label in _previous.Where(pair => pair.Value == number).Select(static pair => pair.Key).ToArray())
        {
            _previous.Remove(label);
        }

        Change();
    }

    /// <summary>Points a label at a version.</summary>
    /// <returns>Version that carried the label before; 0 for none.</returns>
    public long Point(string label, long version)
    {
        Version(version);
        long before = _labels.GetValueOrDefault(label);
        if (before != version)
        {
            if (before != 0)
            {
                _previous[label] = before;
            }

            _labels[label] = version;
            Change();
        }

        return before;
    }

    /// <summary>Moves a label back by one step.</summary>
    /// <returns>Version that carries the label now.</returns>
    public long Rollback(string label)
    {
        Labeled(label);
        if (!_previous.Remove(label, out long version))
        {
            throw Rejected(ErrorReasons.NotAvailable, $"The label '{label}' of the fake's model '{model}' has no earlier version.");
        }

        _labels[label] = version;
        Change();
        return version;
    }

    /// <summary>Rejects a change that was made for another state of the model.</summary>
    public void CheckEtag(string etag)
    {
        if (etag.Length > 0 && etag != Etag)
        {
            throw new TopicGrpcException(
                $"The etag of the fake's model '{model}' is stale: the model has changed.",
                new ErrorDetails { Status = TopicGrpcStatus.Aborted, Reason = ErrorReasons.EtagMismatch });
        }
    }

    private static TopicGrpcException Rejected(string reason, string message) =>
        new(message, new ErrorDetails { Status = TopicGrpcStatus.FailedPrecondition, Reason = reason });

    private long Labeled(string label) => _labels.TryGetValue(label, out long version)
        ? version
        : throw FakeModels.Missing(ErrorReasons.LabelNotFound, $"The model '{model}' of the fake has no label '{label}'.");

    private void Change()
    {
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
