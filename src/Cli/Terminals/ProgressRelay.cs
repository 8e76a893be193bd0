namespace TopicGrpc.Cli.Terminals;

/// <summary>Calls a handler synchronously, so reports stay in order; <see cref="Progress{T}"/> would post them to another thread.</summary>
internal sealed class ProgressRelay<T>(Action<T> handle) : IProgress<T>
{
    public void Report(T value) => handle(value);
}
