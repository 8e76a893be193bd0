using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Versions that a label or a traffic policy has left recently. They stay loaded for <see cref="ModelOptions.KeepPrevious"/>, so that a
/// rollback moves one pointer and reads nothing.
/// </summary>
internal sealed class RetainedVersions(IOptions<ModelOptions> options, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string ModelId, long Number), ITimer> _timers = [];

    /// <summary>Retains a version for <see cref="ModelOptions.KeepPrevious"/>, starting now.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="whenOver">Called when the time is over.</param>
    public void Retain(string modelId, long number, Action whenOver)
    {
        if (options.Value.KeepPrevious == TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            if (_timers.Remove((modelId, number), out ITimer? before))
            {
                before.Dispose();
            }

            // Started after it is in the dictionary: the callback must find it there.
            ITimer? timer = null;
            timer = clock.CreateTimer(
                _ => End(modelId, number, timer!, whenOver),
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            _timers[(modelId, number)] = timer;
            timer.Change(options.Value.KeepPrevious, Timeout.InfiniteTimeSpan);
        }
    }

    public bool Contains(string modelId, long number)
    {
        lock (_gate)
        {
            return _timers.ContainsKey((modelId, number));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (ITimer timer in _timers.Values)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }
    }

    private void End(string modelId, long number, ITimer timer, Action whenOver)
    {
        lock (_gate)
        {
            // Another call of Retain replaced the timer: the later time counts.
            if (!_timers.TryGetValue((modelId, number), out ITimer? current) || current != timer)
            {
                return;
            }

            _timers.Remove((modelId, number));
            timer.Dispose();
        }

        whenOver();
    }
}
