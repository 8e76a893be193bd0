using TopicGrpc.Client.Testing.Calls;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>One running call with its request stream, its response stream and its record.</summary>
/// <param name="Call">The record.</param>
/// <param name="Requests">Bytes from the client.</param>
/// <param name="Responses">Bytes to the client.</param>
/// <param name="Pipeline">Steps before the answer.</param>
/// <param name="Aborted">Canceled when the client cancels the call or the fake is disposed.</param>
internal sealed record Exchange(FakeCall Call, Stream Requests, Stream Responses, FakePipeline Pipeline, CancellationToken Aborted)
{
    /// <summary>Runs the pipeline. Throws the scripted failure if there is one.</summary>
    public Task AdmitAsync() => Pipeline.AdmitAsync(Call, Aborted);
}
