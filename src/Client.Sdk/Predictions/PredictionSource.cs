namespace TopicGrpc.Client.Predictions;

/// <summary>
/// The texts of a prediction stream: those taken from the caller and not answered yet are kept, at most a window of them, to be sent again.
/// </summary>
internal sealed class PredictionSource(IAsyncEnumerator<string> texts) : IAsyncDisposable
{
    private const int Window = 256;

    private readonly Lock _gate = new();
    private readonly Queue<string> _unanswered = new();
    private readonly SemaphoreSlim _window = new(Window);
    private Task<bool>? _moving;
    private long _answered;

    /// <summary>Texts answered.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Whether the caller has no more and all are answered.</summary>
    public bool IsDone
    {
        get
        {
            lock (_gate)
            {
                return _moving is { IsCompletedSuccessfully: true, Result: false } && _unanswered.Count == 0;
            }
        }
    }

    /// <summary>The text of an index that is not answered yet; takes the next one from the caller where it is behind those kept.</summary>
    /// <returns>Null behind the last.</returns>
    public async Task<string?> GetAsync(long index, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (index - _answered < _unanswered.Count)
            {
                return _unanswered.ElementAt((int)(index - _answered));
            }
        }

        // A move that a broken connection interrupted is still under way; the next connection waits for it.
        if (_moving is null)
        {
            await _window.WaitAsync(cancellationToken).ConfigureAwait(false);
            _moving = texts.MoveNextAsync().AsTask();
        }

        if (!await _moving.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        _moving = null;
        string text = texts.Current;
        lock (_gate)
        {
            _unanswered.Enqueue(text);
        }

        return text;
    }

    /// <summary>The oldest text is answered.</summary>
    public void Answer()
    {
        lock (_gate)
        {
            _unanswered.Dequeue();
            _answered++;
        }

        _window.Release();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_moving is { } moving)
        {
            await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await texts.DisposeAsync().ConfigureAwait(false);
        _window.Dispose();
    }
}
