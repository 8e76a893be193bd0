namespace TopicGrpc.Load.Clusters;

/// <summary>
/// The versions that a label had, in order. An answer fits if its version is at a place that is not before what its client has seen, nor
/// before the last completed move. Thread-safe.
/// </summary>
internal sealed class LabelHistory
{
    private readonly Lock _gate = new();
    private readonly List<long> _versions;
    private int _completed;

    /// <param name="first">Version before the first move.</param>
    public LabelHistory(long first) => _versions = [first];

    /// <summary>Number of completed moves.</summary>
    public int Moves { get; private set; }

    /// <summary>Place of the last completed move.</summary>
    public int Completed
    {
        get
        {
            lock (_gate)
            {
                return _completed;
            }
        }
    }

    /// <summary>Notes that a move starts; answers may have its version from now on.</summary>
    public void Begin(long version)
    {
        lock (_gate)
        {
            _versions.Add(version);
        }
    }

    /// <summary>Notes that the last move has returned. A move that fails may have happened or not.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = _versions.Count - 1;
            Moves++;
        }
    }

    /// <summary>Returns the first place with a version, from a place on; null: there is none, so the answer is too old.</summary>
    public int? Find(long version, int from)
    {
        lock (_gate)
        {
            int place = _versions.IndexOf(version, from);
            return place < 0 ? null : place;
        }
    }
}
