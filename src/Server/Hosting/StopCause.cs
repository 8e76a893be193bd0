namespace TopicGrpc.Server.Hosting;

/// <summary>Why a running server stops by itself. The process then ends with a failure, so that its supervisor starts it again.</summary>
internal sealed class StopCause(IHostApplicationLifetime lifetime)
{
    private string? _message;

    /// <summary>What happened; null: the server was asked to stop, or still runs.</summary>
    public string? Message => Volatile.Read(ref _message);

    /// <summary>Stops the server. Only the first message is kept.</summary>
    public void Stop(string message)
    {
        Interlocked.CompareExchange(ref _message, message, null);
        lifetime.StopApplication();
    }
}
