using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Models;

/// <summary>Versions that a label or a traffic policy left a short while ago: they stay loaded, so that the way back is one pointer move and reads nothing.</summary>
internal sealed class KeptVersions(IOptions<ModelOptions> options, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Model, long Number), ITimer> _timers = [];

    /// <summary>Keeps a version from now on for <see cref="ModelOptions.KeepPrevious"/>.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="whenOver">Called when the time is over.</param>
    public void Keep(string model, long number, Action whenOver)
    {
        if (options.Value.KeepPrevious == TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            if (_timers.Remove((model, number), out ITimer? before))
            {
                before.Dispose();
            }

            // Made without a time first, so that the call back finds it in its place.
            ITimer? timer = null;
            timer = clock.CreateTimer(_ => End(model, number, timer!, whenOver), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timers[(model, number)] = timer;
            timer.Change(options.Value.KeepPrevious, Timeout.InfiniteTimeSpan);
        }
    }

    public bool Contains(string model, long number)
    {
        lock (_gate)
        {
            return _timers.ContainsKey((model, number));
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

    private void End(string model, long number, ITimer timer, Action whenOver)
    {
        lock (_gate)
        {
            // Kept anew meanwhile: that time counts.
            if (!_timers.TryGetValue((model, number), out ITimer? current) || current != timer)
            {
                return;
            }

            _timers.Remove((model, number));
            timer.Dispose();
        }

        whenOver();
    }
}
