namespace TopicGrpc.Cli.Terminals;

/// <summary>Hands a report on at once and in order; the base library's <see cref="Progress{T}"/> posts it to another thread.</summary>
internal sealed class ProgressRelay<T>(Action<T> handle) : IProgress<T>
{
    public void Report(T value) => handle(value);
}
