namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>Hands on progress at once; the framework's own class posts it to a pool thread.</summary>
internal sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
