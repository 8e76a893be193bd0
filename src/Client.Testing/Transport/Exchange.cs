using TopicGrpc.Client.Testing.Calls;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>One call on its way: what comes in, what goes out, and its record.</summary>
/// <param name="Call">The record.</param>
/// <param name="Requests">Bytes from the client.</param>
/// <param name="Responses">Bytes to the client.</param>
/// <param name="Pipeline">What happens before the answer.</param>
/// <param name="Aborted">Cancelled when the client gives the call up.</param>
internal sealed record Exchange(FakeCall Call, Stream Requests, Stream Responses, FakePipeline Pipeline, CancellationToken Aborted)
{
    /// <summary>Runs the pipeline; throws where a failure is scripted.</summary>
    public Task AdmitAsync() => Pipeline.AdmitAsync(Call, Aborted);
}
