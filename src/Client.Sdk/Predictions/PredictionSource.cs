namespace TopicGrpc.Client.Predictions;

/// <summary>
/// Texts of a prediction stream. It retains the texts that are taken from the caller and not answered, at most one window, to send them
/// again.
/// </summary>
internal sealed class PredictionSource(IAsyncEnumerator<string> texts) : IAsyncDisposable
{
    private const int Window = 256;

    private readonly Lock _gate = new();
    private readonly Queue<string> _unanswered = new();
    private readonly SemaphoreSlim _window = new(Window);
    private Task<bool>? _moving;
    private long _answered;

    /// <summary>Number of answered texts.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Whether the caller has no more texts and all texts are answered.</summary>
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

    /// <summary>Returns the unanswered text of an index. Takes the next text from the caller if it is not retained.</summary>
    /// <returns>The text; null after the last.</returns>
    public async Task<string?> GetAsync(long index, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (index - _answered < _unanswered.Count)
            {
                return _unanswered.ElementAt((int)(index - _answered));
            }
        }

        // A read that a broken connection interrupted is still running; the next connection awaits it.
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

    /// <summary>Drops the oldest text, because it is answered.</summary>
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
